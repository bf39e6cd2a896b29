// Package dev runs the units of a split app on one machine, each as a process
// of its own and as the Lambda binary that would be deployed:
//
//	            HTTP              event of API Gateway
//	browser ──────────▶ gateway ───────────────────────▶ unit "chat"
//	                                                        │ Lambda Invoke, signed
//	                                                        ▼
//	                                      stand-in for Lambda ──▶ unit "orders"
//
// Each unit is built with its own tags and takes its events from a stand-in of
// the Lambda Runtime API, with the variables that Lambda sets. The gateway makes
// events of HTTP requests as API Gateway does, and names the app's routes in
// them. What units call in each other goes as a Lambda Invoke through a stand-in
// for Lambda's API. So a team sees its split deployment on a laptop, without
// containers and without an account. The command dev of fn/run is made of it:
//
//	func main() {
//		err := dev.Run(context.Background(), dev.Config{
//			App: "shop", Units: units, Callees: "*=lambda:shop-{group}",
//			Env: os.Environ(), Out: os.Stdout,
//		})
//		if err != nil {
//			log.Fatal(err)
//		}
//	}
//
// # What is as on AWS
//
// The binaries, their tags and their Handler setting; the events and responses
// of the front door with its limits (10 MB of body, 10 240 bytes of header, 30
// seconds); invokes with their limits (6 MB each way), errors and deadlines. A
// process that crashes takes the invokes with it that it had
// (Runtime.ExitError), is named with its exit status, and is started again after
// a delay that grows from 0.1 to 10 seconds; other invokes wait for it. One that
// fails its init fails all invokes with its report until a later try succeeds; where
// none can, since the declaration is wrong or the Handler selects nothing, Start fails.
// What a unit keeps in memory is its own, so that state that two units share has to
// be somewhere else.
//
// # What is not
//
// A unit is one process that handles up to 32 events at once, as on Lambda
// Managed Instances, where a plain Lambda function would start a second
// process: the runtime client can do it, the framework has to be correct under it
// anyway, and memory, logs and debugger stay in one place. Requests from outside
// take at most half of the slots and wait for them; a call that finds no slot is
// throttled (429) and does not wait. So units that call each other in circles
// cannot block each other. A function that does not answer in time is not killed.
//
// Stopping finishes the requests in flight, then sends SIGTERM to the units, so
// that their stop hooks run (Windows has no such signal: there they are killed).
// When this program itself is killed, the units end because their Runtime API is
// gone, each after what it still handles, and the next start removes the directory
// with the binaries (anygrain-dev-PID-…). Run stops too when nobody reads what it
// prints any more.
//
// The Runtime API of a unit has a path that cannot be guessed in its address, since other users of the
// machine reach loopback as well. The gateway answers under names of this machine alone (localhost,
// an address, a name without a dot, the host of Config.Addr): a page of another site could reach it
// under a name of its own otherwise (DNS rebinding).
//
// The gateway has the app's routes and no $default route, as an API in front of
// units has at first. A path or a method without a route gets what API Gateway says
// itself: 404 of an HTTP API, 403 of a REST API. So does HEAD where only GET has a
// route, a preflight where nothing has OPTIONS, and a path in another spelling; but a path
// with a slash at its end goes to the route without one, whose unit answers 404. An
// app that answers preflights itself, with middleware, declares routes for them,
// such as "OPTIONS /orders/{id}", where the API has no settings for CORS. Routes
// that API Gateway's grammar does not have, with a slash at the end, reach their
// unit without being named, as through a $default route.
//
// Permissions are not checked, authorizers do not run, and the only invocation
// type is RequestResponse.
//
// # Security
//
// The stand-ins listen on loopback, and so does the gateway unless its address
// says otherwise. Units get credentials that are none, unless the environment has
// AWS_ACCESS_KEY_ID: then they have the developer's own for the services that
// they use, while invokes still stay on this machine.
package dev
