// Package resource has the things that functions use beside one another: tables, buckets and queues
// that an app owns, and existing ones that it is given. It knows who they are, what they are
// called in this stage, and which access a function needs. It links no SDK: data is reached by the
// library of one's choice, with the name from here.
//
// What the program talks to by a library of its own is a field of the section of its group:
//
//	package main
//
//	import (
//		"context"
//
//		"github.com/anygrain/anygrain/fn"
//		"github.com/anygrain/anygrain/fn/resource"
//		"github.com/anygrain/anygrain/fn/run"
//	)
//
//	type Show struct {
//		ID string `json:"id"`
//	}
//
//	type Section struct {
//		Table  resource.Table[Show] `env:"SHOWS_TABLE"`
//		Images resource.Bucket      `env:"IMAGES_BUCKET,optional"`
//		Key    resource.Existing    `env:"KEY_ARN" kind:"kms-key"`
//	}
//
//	type service struct{ table string }
//
//	func (s service) get(context.Context, struct{}) (Show, error) { return Show{ID: s.table}, nil }
//
//	func newShows(_ context.Context, _ fn.NoConfig, own Section) ([]fn.Function, error) {
//		s := service{own.Table.Name()} // for the client of one's choice
//		return []fn.Function{
//			fn.New("shows.get", s.get, fn.Route("GET /shows"), fn.Needs(own.Table.Read(), own.Images.ReadWrite(), own.Key.Use("kms:Sign"))),
//		}, nil
//	}
//
//	func main() {
//		app := fn.NewApp[fn.NoConfig]("fans")
//		fn.AddGroup(app, "shows", newShows)
//		run.Main(app)
//	}
//
// The variable is the identity: it is the same in all stages, and is known without a value. Its value
// is the name, or whatever a library wants to open it by: an ARN, a URL. Resources are required
// unless the env tag says optional, and a default ("mem://shows" for a library that knows it) serves
// a laptop and tests.
//
// What the framework itself will talk to is a contract, a package variable that both sides import:
//
//	var Jobs = resource.DefineQueue[Job]("mail.jobs")
//
//	fn.New("orders.create", create, fn.Needs(mailapi.Jobs))
//
// Other kinds of resources embed Identity and add a Kind and the accesses that they have.
package resource
