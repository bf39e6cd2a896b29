// The program server serves the workloads by one contender, for load generators.
//
//	go run ./cmd/server -contender chi -listen localhost:8080
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/contender"
)

func main() {
	name := flag.String("contender", "anygrain", "who serves")
	listen := flag.String("listen", "localhost:0", "the address; the port that was found is printed")
	flag.Parse()
	if err := serve(*name, *listen); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(name, listen string) error {
	for _, c := range contender.OverHTTP() {
		if c.Name != name {
			continue
		}
		l, err := net.Listen("tcp", listen)
		if err != nil {
			return err
		}
		fmt.Println(l.Addr())
		server := &http.Server{Handler: c.New(50), ReadHeaderTimeout: time.Minute}
		return server.Serve(l)
	}
	return fmt.Errorf("there is no contender %q", name)
}
