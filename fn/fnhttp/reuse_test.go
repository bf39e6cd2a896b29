package fnhttp_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// mixture takes something of its client from every place that memory is used again for.
type mixture struct {
	ID    string            `path:"id" validate:"max=8"`
	Tags  []string          `query:"tag"`
	Who   string            `header:"X-Who"`
	Lines []string          `json:"lines"`
	Notes map[string]string `json:"notes"`
}

type mixed struct {
	Header string            `header:"X-Back"`
	ID     string            `json:"id"`
	Tags   []string          `json:"tags"`
	Lines  []string          `json:"lines"`
	Notes  map[string]string `json:"notes"`
}

// TestNoRequestSeesAnother sends requests that are all different, good and bad ones,
// long and short ones, at the same time. What one leaves in memory that is used again
// would show in another.
func TestNoRequestSeesAnother(t *testing.T) {
	h := newHandler(t, []fn.Function{fn.New("mix.all", func(_ context.Context, in mixture) (mixed, error) {
		return mixed{Header: in.Who, ID: in.ID, Tags: in.Tags, Lines: in.Lines, Notes: in.Notes}, nil
	}, fn.Route("POST /mix/{id}"))})
	var all sync.WaitGroup
	for client := range 8 {
		all.Go(func() {
			for i := range 200 {
				id := fmt.Sprintf("c%d-%d", client, i)
				want, w := mix(id, i), httptest.NewRecorder()
				h.ServeHTTP(w, want.request())
				if got := w.Header().Get("X-Back") + w.Body.String(); got != want.answer {
					t.Errorf("%s: got %s, want %s", id, got, want.answer)
					return
				}
			}
		})
	}
	all.Wait()
}

// mixedRequest is a request, and the one answer that is right.
type mixedRequest struct{ id, query, who, body, answer string }

// mix makes the request i, in which everything carries the id.
func mix(id string, i int) mixedRequest {
	var tags, lines []string
	query := make([]string, i%7)
	for n := range query {
		tags = append(tags, fmt.Sprintf("%q", id+"t"))
		query[n] = "tag=" + id + "t"
	}
	for range i % 5 {
		lines = append(lines, fmt.Sprintf("%q", id+strings.Repeat("l", i)))
	}
	notes := fmt.Sprintf(`{%q:%q}`, id, id)
	m := mixedRequest{id: id, query: strings.Join(query, "&"), who: id + "w", body: fmt.Sprintf(`{"lines":[%s],"notes":%s}`, strings.Join(lines, ","), notes)}
	m.answer = fmt.Sprintf(`%s{"id":%q,"tags":[%s],"lines":[%s],"notes":%s}`, m.who, id, strings.Join(tags, ","), strings.Join(lines, ","), notes)
	if i%11 == 0 { // a rule is broken
		m.id = "too-long-" + id
		m.answer = `{"type":"about:blank","title":"Unprocessable Content","status":422,"code":"invalid_argument","detail":"the input breaks a rule",` +
			`"violations":[{"location":"path.id","rule":"max","message":"must have at most 8 characters"}]}`
	}
	return m
}

func (m mixedRequest) request() *http.Request {
	r := httptest.NewRequest("POST", "/mix/"+m.id+"?"+m.query, strings.NewReader(m.body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Who", m.who)
	return r
}

// TestWhatAHandlerKeepsIsItsOwn keeps all that a handler can get hold of, and looks
// at it when other requests have been answered.
func TestWhatAHandlerKeepsIsItsOwn(t *testing.T) {
	type keeping struct {
		in    mixture
		ctx   context.Context
		reply *fn.Reply
		body  string
	}
	var kept []*keeping
	keep := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			k := &keeping{ctx: ctx}
			kept = append(kept, k)
			reply, err := next(ctx, req)
			if err == nil {
				k.reply, k.body = reply, string(reply.Body)
			}
			return reply, err
		}
	}
	h := newHandler(t, []fn.Function{fn.New("mix.all", func(_ context.Context, in mixture) (mixed, error) {
		kept[len(kept)-1].in = in
		return mixed{Header: in.Who, ID: in.ID, Tags: in.Tags, Lines: in.Lines, Notes: in.Notes}, nil
	}, fn.Route("POST /mix/{id}"), fn.Use(keep))})
	for i := 1; i < 11; i++ {
		h.ServeHTTP(httptest.NewRecorder(), mix(fmt.Sprint("id", i), i).request())
	}
	for i, k := range kept {
		id := fmt.Sprint("id", i+1)
		if k.in.ID != id || k.in.Who != id+"w" || k.in.Notes[id] != id || len(k.in.Tags) != (i+1)%7 || len(k.in.Lines) != (i+1)%5 {
			t.Errorf("the In of request %d is now %+v", i+1, k.in)
		}
		for _, text := range append(k.in.Tags, k.in.Lines...) {
			if !strings.HasPrefix(text, id) {
				t.Errorf("request %d has the text %q", i+1, text)
			}
		}
		req, _ := fn.RequestFrom(k.ctx)
		if string(k.reply.Body) != k.body || k.reply.Header.Get("X-Back") != id+"w" || req.Path != "/mix/"+id {
			t.Errorf("the reply of request %d is now %s %v, its path %s", i+1, k.reply.Body, k.reply.Header, req.Path)
		}
	}
}
