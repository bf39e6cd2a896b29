//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

func nothing(context.Context, struct{}) (string, error) { return "", nil }

// of runs a command of an app with these functions, and returns all that it says.
func of(t *testing.T, app string, functions []fn.Function, args ...string) (status int, text string) {
	t.Helper()
	a := fn.NewApp[fn.NoConfig](app)
	a.Add(functions...)
	var out bytes.Buffer
	status = run.Command(t.Context(), a, args, run.IO{Out: &out, Err: &out})
	return status, out.String()
}

// What a unit is called has to be a name for Lambda, together with the app.
func TestNamesThatLambdaDoesNotTake(t *testing.T) {
	long := strings.Repeat("a", 30) + "." + strings.Repeat("b", 30)
	tests := map[string]struct {
		app, function string
		want          string
	}{
		"the app's": {"my shop", "orders.get", `the app's name "my shop" has more than letters`},
		"a unit's":  {"shop", long, "has 66 letters, and Lambda takes 64"},
	}
	for name, test := range tests {
		for _, command := range []string{"units", "check"} {
			t.Run(name+", "+command, func(t *testing.T) {
				status, text := of(t, test.app, []fn.Function{fn.New(test.function, nothing)}, command, "--grain", "function")
				if status != 1 || !strings.Contains(text, test.want) {
					t.Errorf("%d %s", status, text)
				}
			})
		}
	}
}

// An app of one group has nothing to be cut by tags.
func TestCheckOfAnAppThatIsRight(t *testing.T) {
	want := "shop: 2 functions in 1 group, cut by app, group, function: every one is in one unit, every call has its function"
	functions := []fn.Function{fn.New("orders.get", nothing), fn.New("orders.list", nothing)}
	if status, text := of(t, "shop", functions, "check"); status != 0 || !strings.Contains(text, want) {
		t.Errorf("%d %s", status, text)
	}
}

// All problems are said at once, and each once although three grains have it.
func TestCheckSaysEverythingOnce(t *testing.T) {
	missing := fn.Define[struct{}, string]("orders.gte")
	functions := []fn.Function{fn.New("orders.get", nothing), fn.New("chat.reply", nothing, fn.Needs(missing))}
	status, text := of(t, "shop", functions, "check")
	for _, want := range []string{
		") needs orders.gte, which the app does not have; did you mean orders.get? Otherwise the group \"orders\" is there",
		`the group "orders" is linked into every unit`, `the group "chat" is linked into every unit`,
	} {
		if status != 1 || strings.Count(text, want) != 1 {
			t.Errorf("%s is not there once: %d\n%s", want, status, text)
		}
	}
}

// Outside of its module a program still checks what it can.
func TestCheckWithoutTheSource(t *testing.T) {
	t.Chdir(t.TempDir())
	status, text := of(t, "shop", []fn.Function{fn.New("orders.get", nothing), fn.New("chat.reply", nothing)}, "check")
	for _, want := range []string{"build tags are not checked: the go command does not find the source", "; build tags were not checked"} {
		if status != 0 || !strings.Contains(text, want) {
			t.Errorf("%s is not in: %d\n%s", want, status, text)
		}
	}
}

// Lambda has 4 KB for all variables.
func TestASettingThatLambdaDoesNotTake(t *testing.T) {
	var functions []fn.Function
	var fits, other strings.Builder
	for g := range 25 {
		halves := [2]string{}
		for i := range 8 {
			name := fmt.Sprintf("group%d.function%d", g, i)
			functions = append(functions, fn.New(name, nothing))
			halves[i%2] += " " + name
		}
		fmt.Fprintf(&fits, "live-group%d:%s%s\n", g, halves[0], halves[1])
		fmt.Fprintf(&other, "g%dread:%s\ng%dwrite:%s\n", g, halves[0], g, halves[1])
	}
	tests := map[string]struct {
		partition string
		status    int
		want      string
	}{
		"names with the group": {fits.String(), 0, "live-group24"},
		"halves of the groups": {other.String(), 1, "ANYGRAIN_CALLEES, by which the units find each other, has 4466 bytes, want at most 3584: " +
			"Lambda takes 4096 of all variables together; name units so that {group} or {name} fits"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			partition := file(t, test.partition)
			status, text := of(t, "shop", functions, "units", "--grain", partition)
			if status != test.status || !strings.Contains(text, test.want) || !strings.Contains(text, "build/g") && !strings.Contains(text, "build/live-g") {
				t.Errorf("units: %d %s", status, text)
			}
			_, text = of(t, "shop", functions, "check", "--grain", partition)
			if strings.Contains(text, "ANYGRAIN_CALLEES") != (test.status == 1) || test.status == 1 && !strings.Contains(text, partition+": "+test.want) {
				t.Errorf("check: %s", text)
			}
		})
	}
}

// table is a resource, and changes the trigger of what is done to it, as packages outside bring them.
type table struct{ variable string }

func (t table) Kind() string { return "table" }
func (t table) ID() string   { return t.variable }

type changes struct{ of table }

func (changes) Kind() string          { return "changes" }
func (c changes) Source() fn.Resource { return c.of }
func (changes) Item() reflect.Type    { return reflect.TypeFor[struct{}]() }
func (c changes) String() string      { return "changes of " + c.of.variable }
func (c changes) Needs() []fn.Need    { return []fn.Need{{Resource: c.of, Access: fn.AccessReceive}} }

func TestUnitsAndRoutesShowNeedsAndTriggers(t *testing.T) {
	raw := func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }
	orders := table{"ORDERS_TABLE"}
	find := fn.Define[struct{}, string]("orders.find")
	functions := []fn.Function{
		find.With(nothing, fn.Needs(fn.Need{Resource: orders, Access: fn.AccessRead})),
		fn.New("chat.index", nothing, fn.On(changes{orders}), fn.Route("POST /index"), fn.Needs(find)),
		fn.Raw("jobs.sent", raw, fn.TakesEvents("sqs", "sns"), fn.EventsFrom("chat", "late")), fn.Raw("jobs.any", raw, fn.TakesEvents()),
	}
	_, text := of(t, "shop", functions, "units")
	for _, want := range []string{"functions  orders.find\n  needs      read of table ORDERS_TABLE\n", "functions  chat.index\n  needs      receive of table ORDERS_TABLE\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	_, text = of(t, "shop", functions, "routes")
	for _, want := range []string{"POST /index, changes of ORDERS_TABLE", "sqs or sns from chat or late ", "any event "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
}
