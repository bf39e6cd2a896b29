package fn_test

import (
	"context"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// counted answers with how often it ran.
func counted() fn.Function {
	var n atomic.Int64
	return fn.New("count.next", func(context.Context, struct{}) (countOut, error) {
		at := strconv.FormatInt(n.Add(1), 10)
		return countOut{Ran: at, Body: "body " + at}, nil
	}, fn.Route("GET /next"))
}

type countOut struct {
	Ran  string `header:"X-Ran"`
	Body string `json:"body"`
}

// TestARepliesMemoryIsItsOwn for every kind of request: middleware runs a function twice, one
// after the other, and keeps the first reply while the second is made.
func TestARepliesMemoryIsItsOwn(t *testing.T) {
	type seen struct{ first, second *fn.Reply }
	var got seen
	twice := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			first, err := next(ctx, req)
			if err != nil {
				return nil, err
			}
			second, err := next(ctx, req)
			got = seen{first, second}
			return first, err
		}
	}
	unit, _ := start(t, []fn.Function{counted()}, fn.Use(twice))
	reply := serve(t, unit, "count.next", source{})
	if string(reply.Body) != `{"body":"body 1"}` || reply.Header.Get("X-Ran") != "1" || got.second.Header.Get("X-Ran") != "2" {
		t.Errorf("HTTP: the first reply is %v %s, the second %v", reply.Header, reply.Body, got.second.Header)
	}
	if got.first == got.second {
		t.Error("HTTP: both are one")
	}
	reply, err := unit.Host("test").Invoke(t.Context(), "count.next", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte("{}"))})
	if err != nil || string(reply.Body) != `{"X-Ran":"3","body":"body 3"}` {
		t.Errorf("direct: the first reply is %s, %v", reply.Body, err)
	}
	if out, err := fn.Call[struct{}, countOut](t.Context(), unit, "count.next", struct{}{}); err != nil || out.Ran != "5" {
		t.Errorf("call: the first reply is %v, %v", out, err)
	}
}

// TestARepliesMemoryIsNotThatOfAClone holds for hedging and for a function that was
// abandoned: the reply to the clone is another one than the reply to the request.
func TestARepliesMemoryIsNotThatOfAClone(t *testing.T) {
	hedged := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			clone := req.Clone()
			reply, err := next(ctx, req)
			if err != nil {
				return nil, err
			}
			before := slices.Clone(reply.Header)
			if other, err := next(fn.WithRequest(ctx, clone), clone); err != nil || other == reply {
				t.Errorf("the clone's reply is the request's: %p, %p, %v", other, reply, err)
			}
			if !slices.Equal(reply.Header, before) {
				t.Errorf("the clone's header %v stands in the reply, which had %v", reply.Header, before)
			}
			return reply, nil
		}
	}
	unit, _ := start(t, []fn.Function{counted()}, fn.Use(hedged))
	if reply := serve(t, unit, "count.next", source{}); reply.Header.Get("X-Ran") != "1" || string(reply.Body) != `{"body":"body 1"}` {
		t.Errorf("got %v %s", reply.Header, reply.Body)
	}
}
