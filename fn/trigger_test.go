package fn_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// job is a message, and delivery the trigger that delivers it, as a package outside of fn makes one.
type job struct {
	To string `json:"to" validate:"required"`
}

type delivery struct {
	kind, text string
	source     fn.Resource
	item       reflect.Type
	excludes   string
}

func (d *delivery) Kind() string        { return d.kind }
func (d *delivery) Source() fn.Resource { return d.source }
func (d *delivery) Item() reflect.Type  { return d.item }
func (d *delivery) String() string      { return d.text }

func (d *delivery) Needs() []fn.Need {
	if d.source == nil {
		return nil
	}
	return []fn.Need{{Resource: d.source, Access: fn.AccessReceive}}
}

func (d *delivery) Excludes(other fn.Trigger) string {
	if o, ok := other.(*delivery); ok && o.kind == d.excludes {
		return "a " + d.kind + " takes what the " + o.kind + " is to have"
	}
	return ""
}

func jobs() *delivery {
	return &delivery{kind: "mqtt", text: "mqtt mail.jobs", source: &queue{"mail.jobs"}, item: reflect.TypeFor[job]()}
}

func send(context.Context, job) error { return nil }

func TestATriggerStartsAFunctionAndBringsItsNeeds(t *testing.T) {
	type traced struct {
		job
		Trace string `json:"trace,omitempty"`
	}
	tick := &delivery{kind: "schedule", text: "every day", item: reflect.TypeFor[job]()}
	app := fn.NewApp[fn.NoConfig]("mail")
	app.Add(
		fn.New("mail.send", fn.NoReply(send), fn.On(jobs()), fn.On(tick), fn.Route("POST /jobs"), fn.Needs(&queue{"mail.jobs"})),
		fn.New("mail.trace", func(context.Context, traced) (job, error) { return job{}, nil }, fn.On(jobs())),
		fn.New("mail.none", nothing[struct{}]),
	)
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range d.Functions {
		got = append(got, fmt.Sprint(f.Triggers(), f.Needs()))
	}
	want := []string{"[mqtt mail.jobs every day] [send+receive of queue mail.jobs]", "[mqtt mail.jobs] [receive of queue mail.jobs]", "[] []"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if (fn.Function{}).Triggers() != nil {
		t.Error("the zero Function has a trigger")
	}
}

func TestNoReplyAnswersNothing(t *testing.T) {
	gone := errors.New("gone")
	handler := fn.NoReply(func(_ context.Context, in job) error {
		if in.To == "" {
			return gone
		}
		return nil
	})
	if _, err := handler(t.Context(), job{}); err != gone {
		t.Errorf("got %v", err)
	}
	if _, err := handler(t.Context(), job{"a"}); err != nil {
		t.Error(err)
	}
	err := fn.New("mail.send", fn.NoReply[job](nil)).Err()
	if err == nil || !strings.Contains(err.Error(), "the handler is nil") {
		t.Errorf("got %v", err)
	}
}

type brokenTrigger struct{ fn.Trigger }

func TestWhatIsWrongWithATriggerIsAProblem(t *testing.T) {
	var none *delivery
	var noQueue *queue
	change := func(change func(*delivery)) *delivery { d := jobs(); change(d); return d }
	for want, trigger := range map[string]fn.Trigger{
		"On: the trigger is nil (<nil>)":                                                                     nil,
		"On: the trigger is nil (*fn_test.delivery)":                                                         none,
		`On: the trigger "mqtt mail.jobs" (*fn_test.delivery) has no kind`:                                   change(func(d *delivery) { d.kind = "" }),
		`On: the trigger "mqtt mail.jobs" (*fn_test.delivery) has the kind "call", which is fn's own`:        change(func(d *delivery) { d.kind = "call" }),
		`On: the trigger "mqtt mail.jobs" (*fn_test.delivery) has no item`:                                   change(func(d *delivery) { d.item = nil }),
		`On: the source of the trigger "mqtt mail.jobs" (*fn_test.delivery) is nil (*fn_test.queue)`:         change(func(d *delivery) { d.source = noQueue }),
		`On: the source of the trigger "mqtt mail.jobs" (*fn_test.delivery) is of kind "queue" and has the`:  change(func(d *delivery) { d.source = &queue{} }),
		`On: "mqtt mail.jobs" delivers a *fn_test.job, and the In is fn_test.job; make the In a *fn_test.jo`: change(func(d *delivery) { d.item = reflect.TypeFor[*job]() }),
		`On: "mqtt mail.jobs" delivers a fn_test.shopConfig, and the In is fn_test.job; make the In a fn_te`: change(func(d *delivery) { d.item = reflect.TypeFor[shopConfig]() }),
		"On: a fn_test.brokenTrigger panicked when it was asked what it is: ":                                brokenTrigger{},
	} {
		f := fn.New("mail.send", fn.NoReply(send), fn.On(trigger))
		if err := f.Err(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "trigger_test.go:") {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	raw := fn.Raw("mail.raw", func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, nil }, fn.On(jobs()))
	if err := raw.Err(); err == nil || !strings.Contains(err.Error(), `On: "mqtt mail.jobs" delivers a fn_test.job, and a Raw function has no In`) {
		t.Errorf("got %v", err)
	}
}

func TestTriggersThatExcludeEachOther(t *testing.T) {
	other := jobs()
	other.kind, other.text, other.excludes = "drain", "drain of mail.jobs", "mqtt"
	foreign := jobs()
	foreign.text, foreign.item = "mqtt other", reflect.TypeFor[struct{ Job string }]()
	type both struct {
		job
		Other struct{ Job string }
	}
	for want, f := range map[string]fn.Function{
		`On: "mqtt mail.jobs" is there twice; say it once`:                                                         fn.New("mail.send", fn.NoReply(send), fn.On(jobs()), fn.On(jobs())),
		`On: "mqtt mail.jobs" and "drain of mail.jobs" exclude each other: a drain takes what the mqtt is to have`: fn.New("mail.send", fn.NoReply(send), fn.On(other), fn.On(jobs())),
		`On: "mqtt other" delivers a struct { Job string }, and the In is`:                                         fn.New("mail.send", nothing[both], fn.On(jobs()), fn.On(foreign)),
	} {
		if err := f.Err(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	type item struct{ To string }
	type embeds struct {
		job
		item
	}
	second := jobs()
	second.text, second.item = "mqtt items", reflect.TypeFor[item]()
	err := fn.New("mail.send", nothing[embeds], fn.On(jobs()), fn.On(second)).Err()
	if err == nil || !strings.Contains(err.Error(), `On: "mqtt items" delivers a fn_test.item and "mqtt mail.jobs" a fn_test.job, so that neither fills the whole In`) {
		t.Errorf("got %v", err)
	}
	app := fn.NewApp[fn.NoConfig]("mail")
	app.Add(fn.New("mail.send", fn.NoReply(send), fn.On(jobs())), fn.New("mail.drain", fn.NoReply(send), fn.On(other)), fn.New("mail.too", fn.NoReply(send), fn.On(jobs())))
	_, err = app.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "mail.drain: On: ") || !strings.Contains(err.Error(), "exclude each other: a drain takes") || !strings.Contains(err.Error(), "(that of mail.send, ") {
		t.Errorf("got %v", err)
	}
}
