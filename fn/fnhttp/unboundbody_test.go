package fnhttp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// A read of the body that a deadline ends may come to its end all the same: the
// bytes arrive at that moment. net/http then reads on, the deadline ends that
// read too, and with it the context of every later request of the connection.
func TestConnectionIsGivenUpWithTheReadOfItsBody(t *testing.T) {
	late := &lateBody{reading: make(chan struct{}), come: make(chan struct{})}
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("orders.cancel", func(context.Context, struct{}) (struct{}, error) {
		<-late.reading
		return struct{}{}, nil
	}, fn.Route("DELETE /orders")))
	h, err := fnhttp.New(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	w := &deadlined{ResponseWriter: httptest.NewRecorder(), body: late}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodDelete, "/orders", late)
	r.ContentLength = 2
	h.ServeHTTP(w, r)
	if got := w.Header().Get("Connection"); got != "close" {
		t.Errorf("a deadline ended the read, and the connection is kept: Connection is %q", got)
	}
}

// lateBody comes when a deadline ends the read of it.
type lateBody struct {
	reading, come chan struct{}
	once, end     sync.Once
}

func (b *lateBody) Read(p []byte) (int, error) {
	b.once.Do(func() { close(b.reading) })
	<-b.come
	return copy(p, "{}"), io.EOF
}

// deadlined is a response with a connection that can have deadlines.
type deadlined struct {
	http.ResponseWriter
	body *lateBody
}

func (d *deadlined) SetReadDeadline(t time.Time) error {
	d.body.end.Do(func() { close(d.body.come) })
	return nil
}
