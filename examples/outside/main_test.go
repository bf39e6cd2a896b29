package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"example.com/outside/audit"
	"example.com/outside/lines"
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

func TestLinesReachFunctionsAndAreNoted(t *testing.T) {
	var notes []string
	app := newApp(func(_ context.Context, topic string, e audit.Entry) error {
		notes = append(notes, fmt.Sprintf("%s: %s by %s: %v %s", topic, e.Function, e.By, e.In, e.Failed))
		return nil
	})
	in := `{"topic":"orders-live","message":{"sku":"tea","count":2}}
{"topic":"orders-live","message":{"sku":"tea","count":0}}
{"function":"shop.sold","in":{"sku":"tea"}}
{"topic":"news","message":{}}
hello
`
	want := `{"out":{}}
{"error":{"code":"invalid_argument","message":"the input breaks a rule","violations":[{"location":"body.count","rule":"min","message":"must be at least 1"}]}}
{"out":{"count":2}}
{"error":{"code":"not_found","message":"the line is of no topic that a function takes, and names no function"}}
{"error":{"code":"invalid_argument","message":"the line is no JSON object of a topic or a function"}}
`
	var out bytes.Buffer
	if err := lines.Serve(t.Context(), app, strings.NewReader(in), &out, fn.WithSources(config.Map{"ORDERS_TOPIC": "orders-live"})); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
	noted := "audit: shop.order by lines/topic: &{tea 2} \naudit: shop.order by lines/topic: <nil> invalid_argument"
	if got := strings.Join(notes, "\n"); got != noted {
		t.Errorf("the audit has\n%s\nwant\n%s", got, noted)
	}
}

func TestTheDescriptionHasWhatOtherPackagesAdded(t *testing.T) {
	d, err := newApp(toStderr).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	level, _ := fn.AnnotationOf[audit.Level](d.Functions[0])
	got := fmt.Sprint(d.Functions[0].Triggers(), d.Functions[0].Needs(), d.Needs) + " " + string(level)
	if want := "[topic ORDERS_TOPIC] [receive of topic ORDERS_TOPIC] [send of topic AUDIT_TOPIC] full"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestAMistakeIsToldAtTheStart(t *testing.T) {
	app := newApp(toStderr)
	app.Group("more", func(context.Context, Config) ([]fn.Function, error) {
		return []fn.Function{fn.New("more.typo", fn.NoReply(func(context.Context, struct{}) error { return nil }), fn.Annotate(audit.Level("ful")))}, nil
	})
	_, err := app.Describe(t.Context())
	wrong, ok := errors.AsType[*fn.DeclarationError](err)
	if !ok || len(wrong.Problems) != 1 || !strings.Contains(wrong.Problems[0].Message, `there is no audit level "ful"`) {
		t.Errorf("got %v", err)
	}
}
