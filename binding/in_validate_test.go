package binding_test

import (
	"context"
	"errors"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// span checks itself by value.
type span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

func (s span) Validate(context.Context) error {
	if s.From > s.To {
		return binding.Violate("to", "order", "must not be before from")
	}
	return nil
}

// branch checks itself by pointer, and contains itself.
type branch struct {
	Name string    `json:"name"`
	Kids []*branch `json:"kids"`
}

func (t *branch) Validate(context.Context) error {
	if t.Name == "bad" {
		return errors.New("must have a good name")
	}
	return nil
}

// window is embedded: its fields are those of the In.
type window struct {
	First int `query:"first"`
	Last  int `query:"last"`
}

func (w *window) Validate(context.Context) error {
	if w.First > w.Last {
		return binding.Violate("query.last", "order", "must not be before first")
	}
	return nil
}

type checked struct {
	Window window `json:"window"`
	Main   span   `json:"main"`
	List   []span `json:"list"`
	Map    map[string]*span
	Values map[string]branch `json:"values"`
	Tree   *branch           `json:"tree"`
	Inner  struct {
		Deep [1][]span `json:"deep"`
	} `json:"inner"`
	Hidden span `json:"-"`
}

func TestValidateMethods(t *testing.T) {
	tests := []struct {
		name, body string
		told       []string
	}{
		{"nothing", `{}`, nil},
		{"field", `{"main":{"from":1}}`, []string{"invalid", "body.main.to order: must not be before from"}},
		{"list", `{"list":[{},{"from":1}]}`, []string{"invalid", "body.list[1].to order: must not be before from"}},
		{"map of pointers", `{"Map":{"k":{"from":1},"n":null}}`, []string{"invalid", "body.Map.k.to order: must not be before from"}},
		{"pointer method of a map's value", `{"values":{"k":{"name":"bad"}}}`, []string{"invalid", "body.values.k validate: must have a good name"}},
		{"type that contains itself", `{"tree":{"name":"bad","kids":[null,{"kids":[{"name":"bad"}]}]}}`,
			[]string{"invalid", "body.tree validate: must have a good name", "body.tree.kids[1].kids[0] validate: must have a good name"}},
		{"below a type without", `{"inner":{"deep":[[{},{"from":1}]]}}`, []string{"invalid", "body.inner.deep[0][1].to order: must not be before from"}},
		{"several at once", `{"main":{"from":1},"list":[{"from":1}]}`,
			[]string{"invalid", "body.main.to order: must not be before from", "body.list[0].to order: must not be before from"}},
		{"not after something malformed", `{"main":{"from":1},"list":3}`, []string{"malformed", "body.list type: must be a list"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := bind[checked](t, withJSON(tt.body))
			wantTold(t, err, tt.told...)
			_, err = bindDirect[checked](t, tt.body)
			wantTold(t, err, tt.told...)
		})
	}
}

func TestValidateAfterRulesOnly(t *testing.T) {
	type in struct {
		Name string `json:"name" validate:"required"`
		Span span   `json:"span"`
	}
	codec := compileIn[in](t)
	wantTold(t, codec.Validate(t.Context(), &in{Span: span{2, 1}}, minimum{}), "invalid", "body.name required: is required")
	wantTold(t, codec.Validate(t.Context(), &in{"a", span{2, 1}}, minimum{}), "invalid", "body.span.to order: must not be before from")
	wantTold(t, codec.Validate(t.Context(), in{"a", span{2, 1}}, minimum{}), "invalid", "body.span.to order: must not be before from")
	wantTold(t, codec.Validate(t.Context(), &in{"a", span{1, 2}}, minimum{}))
}

type (
	embedding struct{ window }
	promoting struct{ Window }
	Window    = window
	twice     struct {
		window
		Sub sub
	}
	sub struct{ span }
)

// overriding replaces the method of what it embeds, as in Go.
type overriding struct{ window }

func (overriding) Validate(context.Context) error { return nil }

func TestEmbeddedValidateRunsOnce(t *testing.T) {
	src := withQuery("first=2&last=1")
	const want = "query.last order: must not be before first"
	_, err := bind[embedding](t, src)
	wantTold(t, err, "invalid", want)
	_, err = bind[promoting](t, src)
	wantTold(t, err, "invalid", want)
	_, err = bind[overriding](t, src)
	wantTold(t, err)
	_, err = bind[twice](t, src.with(`{"Sub":{"from":2}}`))
	wantTold(t, err, "invalid", want, "body.Sub.to order: must not be before from")
}

// statusError is an error that a host can answer with by itself.
type statusError struct{ error }

func (statusError) HTTPStatus() int { return 404 }

// answering returns what its context carries.
type answering struct {
	ID string `path:"id"`
}

type answerKey struct{}

func (answering) Validate(ctx context.Context) error {
	err, _ := ctx.Value(answerKey{}).(error)
	return err
}

func TestErrorsOfValidate(t *testing.T) {
	notFound := statusError{errors.New("no such order")}
	plain := errors.New("must be known")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		err  error
		same bool // it comes back as it is
		told []string
	}{
		{name: "plain", err: plain, told: []string{"invalid", " validate: must be known"}},
		{name: "of violations", err: binding.Violate("path.id", "known", "must be known"), told: []string{"invalid", "path.id known: must be known"}},
		{name: "malformed", err: &binding.Error{Kind: binding.Malformed, Violations: []binding.Violation{{Location: "path.id", Rule: "syntax", Message: "must be even"}}},
			told: []string{"malformed", "path.id syntax: must be even"}},
		{name: "joined", err: errors.Join(binding.Violate("path.id", "a", "must be a"), binding.Violate("path.id", "b", "must be b")),
			told: []string{"invalid", "path.id a: must be a", "path.id b: must be b"}},
		{name: "with a status", err: errors.Join(notFound), same: true},
		{name: "of a context that ended", ctx: cancelled, err: context.Canceled, same: true},
		{name: "of another context", err: context.Canceled, told: []string{"invalid", " validate: context canceled"}},
	}
	codec := compileIn[answering](t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx := t.Context()
			if tt.ctx != nil {
				ctx = tt.ctx
			}
			err := codec.Validate(context.WithValue(ctx, answerKey{}, tt.err), &answering{}, nil)
			if tt.same {
				if err != tt.err {
					t.Errorf("returned %v, want the error itself", err)
				}
				return
			}
			wantTold(t, err, tt.told...)
		})
	}
	if err := codec.Validate(context.WithValue(t.Context(), answerKey{}, plain), &answering{}, nil); !errors.Is(err, plain) {
		t.Errorf("the cause of %v is lost", err)
	}
}

type values []span

func TestValidateOfABareValue(t *testing.T) {
	_, err := bind[values](t, withJSON(`[{},{"from":1}]`))
	wantTold(t, err, "invalid", "body[1].to order: must not be before from")
}

// counting counts the calls of its method in the context, and finds fault with all.
type counting struct {
	Kids []counting `json:"kids"`
	Good bool       `json:"good"`
}

type callsKey struct{}

func (c *counting) Validate(ctx context.Context) error {
	*ctx.Value(callsKey{}).(*int)++
	if c.Good {
		return nil
	}
	return errors.Join(errors.New("must be good"), binding.Violate("good", "good", "must be true"))
}

// A client gets back a hundred violations, so that nothing is asked after them.
func TestValidateEndsWithTheLastViolationThatIsTold(t *testing.T) {
	deep := counting{}
	for range 1000 {
		deep = counting{Kids: []counting{deep}}
	}
	for name, in := range map[string]counting{
		"many beside each other": {Kids: make([]counting, 1000), Good: true},
		"many below each other":  deep,
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			err := compileIn[counting](t).Validate(context.WithValue(t.Context(), callsKey{}, &calls), &in, nil)
			e, _ := errors.AsType[*binding.Error](err)
			if e == nil || len(e.Violations) != 100 || calls > 101 {
				t.Errorf("%d calls, error %.200v", calls, err)
			}
		})
	}
}

// Locations are written once, not again for each value that is around theirs.
func TestDeepViolationsCostNoMoreThanOthers(t *testing.T) {
	const depth, wrong = 2000, 50
	in := counting{Kids: make([]counting, wrong), Good: true}
	for range depth {
		in = counting{Kids: []counting{in}, Good: true}
	}
	calls := 0
	codec, ctx := compileIn[[]counting](t), context.WithValue(t.Context(), callsKey{}, &calls)
	got := testing.AllocsPerRun(1, func() {
		if err := codec.Validate(ctx, &[]counting{in}, nil); err == nil {
			t.Error("nothing was found")
		}
	})
	if got > 20*wrong {
		t.Errorf("%v allocations for %d violations below %d values", got, wrong, depth)
	}
}

// placedIn says where by the names of its fields alone.
type placedIn struct {
	Says  string `header:"X-Says"`
	Limit int    `query:"limit"`
	Body  string `json:"body"`
	Items []span `json:"items"`
	window
}

func (in *placedIn) Validate(context.Context) error { return binding.Violate(in.Says, "r", "m") }

func TestAViolationOfTheInNamesAField(t *testing.T) {
	for says, want := range map[string]string{
		"limit": "query.limit", "items": "body.items", "items[1].from": "body.items[1].from", "X-Says": "header.X-Says", "first": "query.first",
		"body": "body.body", "body.items": "body.items", "query.other": "query.other", "unknown": "unknown", "": "",
	} {
		var in placedIn
		codec := compileIn[placedIn](t)
		request := withJSON(`{}`)
		request.header["X-Says"] = []string{says}
		wantTold(t, codec.Bind(t.Context(), &in, request, binding.Limits{}, nil), "invalid", want+" r: m")
	}
}
