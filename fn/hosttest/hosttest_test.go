package hosttest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// recorder notes that a case failed, and ends it as testing.T does.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()                        {}
func (r *recorder) Error(...any)                   { r.failed = true }
func (r *recorder) Errorf(string, ...any)          { r.failed = true }
func (r *recorder) Fatalf(format string, a ...any) { panic(fmt.Sprintf(format, a...)) }

// broken returns the sentences that do not hold for the host.
func broken(t *testing.T, of func(u *fn.Unit) Host) (sentences []string) {
	t.Helper()
	for _, c := range cases {
		p := &probe{hears: make(chan string, 8)}
		unit, err := p.app().Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r := &recorder{}
		func() {
			defer func() { r.failed = recover() != nil || r.failed }()
			c.run(exchange{t: r, ctx: t.Context(), host: of(unit), probe: p})
		}()
		if r.failed {
			sentences = append(sentences, c.sentence)
		}
		if err := unit.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	}
	return sentences
}

// invoker is a host of JSON without a fault.
func invoker(u *fn.Unit) func(ctx context.Context, function string, in []byte) ([]byte, error) {
	return func(ctx context.Context, function string, in []byte) ([]byte, error) {
		reply, err := u.Host("broker").Invoke(ctx, function, &fn.Request{Kind: "mqtt", From: fn.InputFromJSON(in)})
		if err != nil {
			return nil, fn.AsError(ctx, err).ForClient()
		}
		return reply.Body, nil
	}
}

func TestABrokenHostFailsTheSentenceThatItBreaks(t *testing.T) {
	type invoke = func(ctx context.Context, function string, in []byte) ([]byte, error)
	tests := map[string]struct {
		breaks func(next invoke) invoke
		want   []string
	}{
		"none": {func(next invoke) invoke { return next }, nil},
		"tells all": {func(next invoke) invoke {
			return func(ctx context.Context, function string, in []byte) ([]byte, error) {
				out, err := next(ctx, function, in)
				if err != nil {
					err = fn.Errorf(fn.CodeOf(err), "%s, as for %s", told(err), secret)
				}
				return out, err
			}
		}, []string{"an In that breaks a rule", "an error's", "the text of an unexpected error", "the message of", "a panic is", "a function that the unit"}},
		"one code": {func(next invoke) invoke {
			return func(ctx context.Context, function string, in []byte) ([]byte, error) {
				out, err := next(ctx, function, in)
				if err != nil {
					err = fn.Errorf(fn.NotFound, "there is no such thing, as for text")
				}
				return out, err
			}
		}, []string{"an In that breaks a rule", "the text of an unexpected error", "the message of", "a panic is", "a function that the unit"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := broken(t, func(u *fn.Unit) Host { return Host{Invoke: test.breaks(invoker(u))} })
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("broken are\n%s\nwant those that begin with %q", strings.Join(got, "\n"), test.want)
			}
		})
	}
}

func TestAServerThatMergesAndLosesFieldsFailsTheSentencesOfThem(t *testing.T) {
	serve := func(u *fn.Unit) Host {
		return Host{HTTP: func(r *http.Request) (*http.Response, error) {
			if r.URL.Path != "/cookies" {
				return nil, errors.New("this server has cookies only")
			}
			reply := u.Host("test").Serve(r.Context(), "probe.cookies", &fn.Request{Kind: fn.KindHTTP, From: fn.InputFromSource(nil)})
			header := http.Header{"Set-Cookie": {""}}
			for _, f := range reply.Header {
				if f.Name == "Set-Cookie" {
					header["Set-Cookie"][0] += f.Value + ", "
				}
			}
			return &http.Response{StatusCode: reply.Status, Header: header}, nil
		}}
	}
	const cookies = "a reply's two Set-Cookie fields both arrive"
	if got := broken(t, serve); !slices.Contains(got, cookies) {
		t.Errorf("broken are %q; %q should be among them", got, cookies)
	}
}
