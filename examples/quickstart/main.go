// Quickstart is a small shop: a catalogue, orders and a chat webhook, all in
// memory. The same source is an HTTP server, a Lambda with everything, or a
// Lambda with any of the groups:
//
//	go run ./examples/quickstart
//	go build -tags lambda,lambda.norpc,validator_novalidatefn ./examples/quickstart
//	go build -tags lambda,lambda.norpc,validator_novalidatefn,only,orders ./examples/quickstart
package main

import "github.com/anygrain/anygrain/fn/run"

func main() { run.Main(app) }
