package fnhttp_test

import (
	"context"
	"io"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/middleware"
)

// slowBody has three bytes, and an end when it is told.
type slowBody struct {
	begun bool
	end   chan struct{}
}

func (b *slowBody) Read(p []byte) (int, error) {
	if !b.begun {
		b.begun = true
		return copy(p, "abc"), nil
	}
	<-b.end
	return 0, io.EOF // as net/http says when it has read the rest itself
}

func (*slowBody) Close() error { return nil }

// A function that is left behind while it reads its body must not run with the
// part of it that it got.
func TestWhatIsLeftOfABodyIsNotTakenForTheWhole(t *testing.T) {
	var ran atomic.Bool
	app := fn.NewApp[fn.NoConfig]("shop", fn.Use(middleware.Timeout()))
	app.Add(fn.New("files.put", func(context.Context, struct {
		Data []byte `body:""`
	}) (struct{}, error) {
		ran.Store(true)
		return struct{}{}, nil
	}, fn.Route("PUT /file"), fn.Timeout(10*time.Millisecond)))
	h, err := fnhttp.New(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	body := &slowBody{end: make(chan struct{})}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("PUT", "/file", body))
	close(body.end)
	if err := h.Close(t.Context()); err != nil { // which waits for the function
		t.Fatal(err)
	}
	if rec.Code != 504 || ran.Load() {
		t.Errorf("status %d, ran: %v", rec.Code, ran.Load())
	}
}
