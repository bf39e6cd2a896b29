package fn_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// store is a kind of resource as a package outside of fn makes one.
type bucket struct{ kind, id string }

func (b bucket) Kind() string { return b.kind }
func (b bucket) ID() string   { return b.id }

func (b bucket) read() fn.Needer  { return fn.Need{Resource: b, Access: fn.AccessRead} }
func (b bucket) write() fn.Needer { return fn.Need{Resource: b, Access: fn.AccessWrite} }

// queue is a contract of messages: it is its own need.
type queue struct{ name string }

func (q *queue) Kind() string  { return "queue" }
func (q *queue) ID() string    { return q.name }
func (q *queue) Need() fn.Need { return fn.Need{Resource: q, Access: fn.AccessSend} }

func TestNeedsOfOneResourceAreOne(t *testing.T) {
	images, jobs := bucket{"bucket", "IMAGES_BUCKET"}, &queue{"mail.jobs"}
	table := func(actions ...string) fn.Needer {
		return fn.Need{Resource: bucket{"table", "IMAGES_BUCKET"}, Actions: actions}
	}
	f := fn.New("web.page", nothing[struct{}], fn.Needs(images.read(), price, table("b:Do", "a:Do")),
		fn.Needs(jobs, images.write(), price, table("a:Do", "c:Do")))
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	const want = "[read+write of bucket IMAGES_BUCKET call of function stock.price b:Do, a:Do, c:Do of table IMAGES_BUCKET send of queue mail.jobs]"
	if got := fmt.Sprint(f.Needs()); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if f.Needs()[2].Actions[0] = "changed"; f.Needs()[2].Actions[0] != "b:Do" {
		t.Error("who asks for the needs can change them")
	}
	var callees []string
	for _, n := range f.Needs() {
		callees = append(callees, n.Callee())
	}
	if !slices.Equal(callees, []string{"", "stock.price", "", ""}) {
		t.Errorf("callees %q", callees)
	}
	if (fn.Function{}).Needs() != nil || (fn.Need{}).Callee() != "" || fmt.Sprint(fn.Need{}) != "none of no resource" {
		t.Error("zero values need something")
	}
}

func TestAnAppDescribesItsNeeds(t *testing.T) {
	tokens := bucket{"secret", "TOKEN"}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Needs(tokens.read()))
	app.Add(fn.New("web.page", nothing[struct{}]))
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(d.Needs, d.Functions[0].Needs()); got != "[read of secret TOKEN] []" {
		t.Errorf("got %s", got)
	}
}

func TestAccessesAreWords(t *testing.T) {
	for access, want := range map[fn.Access]string{
		0: "none", fn.AccessRead: "read", fn.AccessReadWrite: "read+write", fn.AccessCall | fn.AccessSend | fn.AccessReceive: "call+send+receive",
		1<<6 | fn.AccessWrite: "write+unknown(0x40)",
	} {
		if got := access.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

type emptyNeeder struct{ fn.Needer }

func TestWhatIsWrongWithANeedIsAProblem(t *testing.T) {
	var noQueue *queue
	images := bucket{"bucket", "IMAGES"}
	for want, need := range map[string]fn.Needer{
		"Needs: a need is nil (<nil>); pass a contract, or a resource with an access":                                        nil,
		"Needs: a need is nil (*fn_test.queue)":                                                                              noQueue,
		"Needs: a fn.Need needs no resource; a zero value needs nothing, make it by its own constructor":                     fn.Need{Access: fn.AccessRead},
		"Needs: a fn.Contract[struct {},string] needs no resource":                                                           fn.Contract[struct{}, string]{},
		"Needs: a fn.Need needs no resource; ":                                                                               fn.Need{Resource: noQueue, Access: fn.AccessSend},
		`Needs: the resource "x" (fn_test.bucket) has no kind`:                                                               bucket{"", "x"}.read(),
		`Needs: a resource of kind "bucket" (fn_test.bucket) has no ID, so that nobody can tell which one is meant`:          bucket{"bucket", ""}.read(),
		`Needs: the access to bucket "IMAGES" is unknown(0x80); combine fn's constants`:                                      fn.Need{Resource: images, Access: 1 << 7},
		`Needs: the need of bucket "IMAGES" says no access and no actions; give it an access, such as fn.AccessRead`:         fn.Need{Resource: images},
		`Needs: the need of bucket "IMAGES" has an empty action`:                                                             fn.Need{Resource: images, Access: fn.AccessRead, Actions: []string{""}},
		"Needs: a fn_test.emptyNeeder panicked when it was asked for its need: runtime error: invalid memory address or nil": emptyNeeder{},
	} {
		f := fn.New("web.page", nothing[struct{}], fn.Needs(images.read(), need))
		app := fn.NewApp[fn.NoConfig]("shop", fn.Needs(need))
		app.Add(f)
		_, err := app.Start(t.Context())
		if err == nil || strings.Count(err.Error(), want) != 2 || strings.Count(err.Error(), "need_test.go:") != 2 || !strings.Contains(err.Error(), "web.page") {
			t.Errorf("got  %v\nwant %s, of the app and of the function", err, want)
		}
	}
}

// A need allows what it says: a need to call is not the contract's alone, and a need of another
// access to a function allows no call.
func TestAFunctionMayCallWhatItNeeds(t *testing.T) {
	called := fn.Define[struct{}, string]("stock.count")
	page := func(ctx context.Context, _ struct{}) (string, error) { return called.Call(ctx, struct{}{}) }
	for access, works := range map[fn.Access]bool{fn.AccessCall: true, fn.AccessSend: false} {
		app := fn.NewApp[fn.NoConfig]("shop")
		app.Add(called.With(func(context.Context, struct{}) (string, error) { return "3", nil }),
			fn.New("web.page", page, fn.Needs(fn.Need{Resource: bucket{fn.ResourceFunction, "stock.count"}, Access: access})))
		unit := app.MustStart(t.Context(), fn.Strict(true))
		if got, err := fn.Call[struct{}, string](t.Context(), unit, "web.page", struct{}{}); (err == nil) != works {
			t.Errorf("%v: got %q, %v", access, got, err)
		}
	}
}
