// Package dev runs the units of an app as processes of their own on one machine:
// every unit the Lambda binary that would be deployed, each against a stand-in for
// the Runtime API, behind one gateway. So a split deployment is seen on a laptop,
// with no container and no AWS account.
//
//	            ┌ gateway: HTTP → API Gateway event ┐
//	client ───▶ │ localhost:8080                    │ ──▶ unit "chat" ───┐ Lambda Invoke
//	            └───────────────────────────────────┘ ──▶ unit "orders" ◀┘
//
// What is real: the binaries with their build tags, the runtime client, the
// events of the front door, the environment by which the units find each other,
// the signed invokes, the limits of payloads. What is not: IAM, cold starts of
// idle functions, and one event at a time per process. A unit here takes many
// events at once, as in Lambda Managed Instances: on Lambda a function that is
// busy is started once more, which a second process of everything would be too
// much of a laptop.
//
// The command dev of fn/run is made of it:
//
//	func main() {
//		units, err := grain.Cut(description, grain.ByGroup(description))
//		if err != nil {
//			log.Fatal(err)
//		}
//		err = dev.Run(context.Background(), dev.Config{App: description, Units: units, Package: ".", Log: os.Stdout})
//		if err != nil {
//			log.Fatal(err)
//		}
//	}
package dev
