package grain_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

func nothing(context.Context, struct{}) (string, error) { return "", nil }

// describe returns the description of functions that call others: "a.b c.d" is
// a.b, which calls c.d.
func describe(t testing.TB, lines ...string) *fn.Description {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("shop")
	for _, line := range lines {
		names := strings.Fields(line)
		var needs []fn.Needer
		for _, name := range names[1:] {
			needs = append(needs, fn.Define[struct{}, string](name))
		}
		app.Add(fn.New(names[0], nothing, fn.Needs(needs...)))
	}
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var shop = []string{"orders.get", "orders.price", "chat.reply orders.price orders.get", "front.page chat.reply"}

func TestCut(t *testing.T) {
	d := describe(t, shop...)
	custom, err := grain.Parse("# two\nweb: front.* , chat.reply # and more\n\nback: orders.get\nprices: orders.price\n")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		partition grain.Partition
		units     []string // name functions tags handler
		callees   string
	}{
		"app": {grain.Whole(d), []string{
			"shop [orders.get orders.price chat.reply front.page] lambda,lambda.norpc,validator_novalidatefn,quickrules bootstrap",
		}, "*=lambda:x-shop"},
		"group": {grain.ByGroup(d), []string{
			"orders [orders.get orders.price] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,orders orders.*",
			"chat [chat.reply] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,chat chat.*",
			"front [front.page] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,front front.*",
		}, "*=lambda:x-{group}"},
		"function": {grain.ByFunction(d), []string{
			"orders-get [orders.get] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,orders orders.get",
			"orders-price [orders.price] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,orders orders.price",
			"chat-reply [chat.reply] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,chat chat.reply",
			"front-page [front.page] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,front front.page",
		}, "*=lambda:x-{name}"},
		"a partition": {custom, []string{
			"web [chat.reply front.page] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,chat,front chat.reply,front.*",
			"back [orders.get] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,orders orders.get",
			"prices [orders.price] lambda,lambda.norpc,validator_novalidatefn,quickrules,only,orders orders.price",
		}, "*=lambda:x-web orders.get=lambda:x-back orders.price=lambda:x-prices"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			units, err := grain.Cut(d, test.partition)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, u := range units {
				var names []string
				for _, f := range u.Functions {
					names = append(names, f.Name())
				}
				got = append(got, fmt.Sprint(u.Name, " ", names, " ", strings.Join(u.Tags, ","), " ", u.Handler))
			}
			if want := strings.Join(test.units, "\n"); strings.Join(got, "\n") != want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
			}
			if got := grain.Callees(d, units, "lambda:x-"); got != test.callees {
				t.Errorf("callees: got %s, want %s", got, test.callees)
			}
		})
	}
}

// A Handler setting has at most 128 characters.
func TestHandlersAreShort(t *testing.T) {
	var names []string
	for group := range 20 {
		for f := range 3 {
			names = append(names, fmt.Sprintf("group%d.function%d", group, f))
		}
	}
	d := describe(t, append(names, "rest.one", "rest.two")...)
	tests := map[string]struct{ text, handler string }{
		"a group, listed":            {"a: group0.function0 group0.function1 group0.function2\nb: group1.*", "group0.*"},
		"a function twice":           {"a: group0.function0 group0.function0\nb: group1.*", "group0.function0"},
		"more groups than it can be": {"a: " + strings.Join(names, " ") + "\nb: rest.*", "bootstrap"},
		"everything":                 {"a: *", "bootstrap"},
		"everything, listed":         {"a: rest.* " + strings.Join(names, " "), "bootstrap"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, err := grain.Parse(test.text)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range d.Functions { // and the others, each by itself
				if inNone(p, f) {
					p = append(p, grain.Part{Name: strings.Replace(f.Name(), ".", "-", 1), Selectors: []string{f.Name()}})
				}
			}
			units, err := grain.Cut(d, p)
			if err != nil {
				t.Fatal(err)
			}
			if units[0].Handler != test.handler {
				t.Errorf("got %s, want %s", units[0].Handler, test.handler)
			}
		})
	}
}

func inNone(p grain.Partition, f fn.Function) bool {
	for _, part := range p {
		for _, s := range part.Selectors {
			if s == f.Name() || s == f.Group()+".*" || s == "*" {
				return false
			}
		}
	}
	return true
}

// The caller's own name, or a selector, is not what a contract was meant to have.
func TestACallWithoutAFunctionIsNotTakenForItsCaller(t *testing.T) {
	d := describe(t, "a.y a.x", "b.list")
	_, err := grain.Cut(d, grain.Whole(d))
	if err == nil || strings.Contains(err.Error(), "did you mean") || !strings.Contains(err.Error(), `does not have; the group "a" is there, without that function`) {
		t.Errorf("got %v", err)
	}
}

func TestEverythingThatIsWrongWithAPartition(t *testing.T) {
	d := describe(t, append(shop, "news.list orders.prise elsewhere.at_all")...)
	p, err := grain.Parse("a: orders.* chat.repyl\nb: orders.get front.*")
	if err != nil {
		t.Fatal(err)
	}
	_, err = grain.Cut(d, append(p, grain.Part{Name: "a", Selectors: []string{"chat.*"}}, grain.Part{Name: "no name", Selectors: []string{"chat.*"}}, grain.Part{Name: "B", Selectors: []string{"chat.*"}}))
	for _, want := range []string{
		"news.list (grain/grain_test.go:", "is in no unit; add it, or news.*, to one",
		`is in line 1, unit "a" and in line 2, unit "b"; leave it in one of them`,
		`line 1, unit "a": "chat.repyl" matches no function of the app, did you mean chat.reply?`,
		`unit "a": another unit has the name "a" already`, `unit "B": another unit has the name "b" already`, `unit "no name": the name has to be`,
		") needs orders.prise, which the app does not have; did you mean orders.price? Otherwise the group \"orders\" is there, without that function: give the contract its handler",
		") needs elsewhere.at_all, which the app does not have; register the group \"elsewhere\", or take it out of fn.Needs",
		"news.list (grain/grain_test.go:",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not in:\n%v", want, err)
		}
	}
	t.Run("a handler that Lambda does not take", func(t *testing.T) {
		var many, text []string
		for i := range 40 {
			many = append(many, fmt.Sprintf("group.f%d", i))
			text = append(text, fmt.Sprintf("group.f%d", i))
		}
		d := describe(t, append(many, "group.rest")...)
		p, err := grain.Parse("a: " + strings.Join(text, " ") + "\nb: group.rest")
		if err != nil {
			t.Fatal(err)
		}
		if _, err = grain.Cut(d, p); err == nil || !strings.Contains(err.Error(), "Handler setting of") {
			t.Errorf("got %v", err)
		}
	})
}

func TestEverythingThatIsWrongWithAText(t *testing.T) {
	_, err := grain.Parse("\ufefforders\n9a: x.y\na:\nc: orders.*\nb: Orders.get orders get.*,*.x\nc: x.y X\n9b: Y\n")
	for _, want := range []string{
		`line 1: "orders" has no colon`, `line 2: "9a" is no name for a unit`, `line 3: the unit "a" has no functions`,
		`line 5: "Orders.get" is none of`, `line 5: "orders" is none of orders.get, orders.* and *; for the whole group write orders.*`, `line 5: "*.x" is none of`,
		`line 6: "X" is none of`, `line 6: the unit "c" is there already, in line 4`,
		`line 7: "9b" is no name for a unit`, `line 7: "Y" is none of`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not in:\n%v", want, err)
		}
	}
	if _, err := grain.Parse("# nothing\n"); err == nil {
		t.Error("a text without units is taken")
	}
}

func TestGraphs(t *testing.T) {
	d := describe(t, "orders.price", "chat.reply orders.price chat.log", "chat.log", "end.page gone.away")
	d.Needs = nil
	units := []grain.Unit{
		{Name: "back-end", Functions: d.Functions[:1]}, {Name: "chat", Functions: d.Functions[1:]},
	}
	renderings := map[string]struct{ got, want string }{
		"text": {grain.Text(d, nil), "orders.price\nchat.reply\n  → orders.price\n  → chat.log\nchat.log\nend.page\n  → gone.away (missing)\n"},
		"text, cut": {grain.Text(d, units), "orders.price [back-end]\nchat.reply [chat]\n  → orders.price (remote)\n  → chat.log (local)\n" +
			"chat.log [chat]\nend.page [chat]\n  → gone.away (missing)\n"},
		"mermaid, cut": {grain.Mermaid(d, units), `flowchart LR
  subgraph u0["back-end"]
    f0["orders.price"]
  end
  subgraph u1["chat"]
    f1["chat.reply"]
    f2["chat.log"]
    f3["end.page"]
  end
  f1 -. remote .-> f0
  f1 --> f2
  f3 -- missing --x m0["gone.away"]
`},
		"dot, cut": {grain.DOT(d, units), `digraph "shop" {
  rankdir=LR;
  node [shape=box];
  subgraph "cluster_back-end" {
    label="back-end";
    "orders.price";
  }
  subgraph "cluster_chat" {
    label="chat";
    "chat.reply";
    "chat.log";
    "end.page";
  }
  "chat.reply" -> "orders.price" [style=dashed, label=remote];
  "chat.reply" -> "chat.log";
  "end.page" -> "gone.away" [color=red, label=missing];
}
`},
		"dot": {grain.DOT(d, nil)[:42], "digraph \"shop\" {\n  rankdir=LR;\n  node [sha"},
	}
	for name, r := range renderings {
		if r.got != r.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, r.got, r.want)
		}
	}
}

// Names that differ in a character that an identifier cannot have stay apart,
// and a quote in a name ends nothing.
func TestGraphsKeepNamesApart(t *testing.T) {
	d := describe(t, "a.b-c d.e-f d.e_f", "a.b_c")
	d.App = `the "shop"\`
	units := []grain.Unit{{Name: "a-b", Functions: d.Functions[:1]}, {Name: `a"b`, Functions: d.Functions[1:]}}
	mermaid := `flowchart LR
  subgraph u0["a-b"]
    f0["a.b-c"]
  end
  subgraph u1["a#quot;b"]
    f1["a.b_c"]
  end
  f0 -- missing --x m0["d.e-f"]
  f0 -- missing --x m1["d.e_f"]
`
	if got := grain.Mermaid(d, units); got != mermaid {
		t.Errorf("got\n%s\nwant\n%s", got, mermaid)
	}
	dot := `digraph "the \"shop\"\\" {
  rankdir=LR;
  node [shape=box];
  subgraph "cluster_a-b" {
    label="a-b";
    "a.b-c";
  }
  subgraph "cluster_a\"b" {
    label="a\"b";
    "a.b_c";
  }
  "a.b-c" -> "d.e-f" [color=red, label=missing];
  "a.b-c" -> "d.e_f" [color=red, label=missing];
}
`
	if got := grain.DOT(d, units); got != dot {
		t.Errorf("got\n%s\nwant\n%s", got, dot)
	}
}

// What the app's own middleware calls is an edge of every function.
func TestTheAppsOwnCallsAreEdgesOfAll(t *testing.T) {
	d := describe(t, "a.a b.b", "b.b")
	d.Needs = []fn.Need{fn.Define[struct{}, string]("b.b").Need()}
	if got := fmt.Sprint(grain.Edges(d, nil)); got != "[{a.a b.b false false} {b.b b.b false false}]" {
		t.Errorf("got %s", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a: orders.* chat.get # x\nb: *\n")
	f.Add(":\n::\na:b\r\n")
	d := describe(f, shop...)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := grain.Parse(text)
		if err != nil {
			return
		}
		units, err := grain.Cut(d, p)
		if err != nil {
			return
		}
		n := 0
		for _, u := range units {
			n += len(u.Functions)
		}
		if n != len(d.Functions) {
			t.Errorf("%d of %d functions are in units", n, len(d.Functions))
		}
	})
}

// What a unit could not dispatch is a problem of the partition that puts it together.
func TestFunctionsOfTheSameEventsAreNotInOneUnit(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	raw := func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }
	app.Add(fn.Raw("jobs.work", raw, fn.TakesEvents("sqs")), fn.Raw("jobs.late", raw, fn.TakesEvents("sqs", "s3")),
		fn.Raw("jobs.bills", raw, fn.TakesEvents("sqs"), fn.EventsFrom("bills")), fn.New("page.get", nothing), fn.Raw("page.any", raw, fn.TakesEvents()))
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := grain.Cut(d, grain.ByFunction(d)); err != nil {
		t.Errorf("each alone: %v", err)
	}
	for name, partition := range map[string]grain.Partition{"app": grain.Whole(d), "group": grain.ByGroup(d)} {
		_, err := grain.Cut(d, partition)
		var wrong *grain.Error
		if !errors.As(err, &wrong) || len(wrong.Problems) != 2 {
			t.Errorf("%s: got %v, want 2 problems", name, err)
			continue
		}
		for i, want := range []string{"jobs.late: takes events of the kind sqs, and so does jobs.work (grain/grain_test.go:", "page.any: takes any event, and is in one unit with page.get (grain/grain_test.go:"} {
			if !strings.Contains(wrong.Problems[i], want) {
				t.Errorf("%s: %s\nwant %q", name, wrong.Problems[i], want)
			}
		}
	}
}
