package fnhttp_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// A body that breaks off is the client's fault, whoever reads it: it is no 500, and
// nothing in the log is an error.
func TestABodyThatBreaksOffIsTheClientsFault(t *testing.T) {
	t.Parallel()
	type upload struct {
		Body io.Reader `body:""`
	}
	type whole struct {
		Body []byte `body:""`
	}
	var log buffer
	functions := []fn.Function{
		fn.New("a.stream", func(_ context.Context, in upload) (int64, error) {
			n, err := io.Copy(io.Discard, in.Body)
			return n, err
		}, fn.Route("POST /stream")),
		fn.New("a.whole", func(_ context.Context, in whole) (int, error) { return len(in.Body), nil }, fn.Route("POST /whole")),
	}
	l := serveRaw(t, newAppHandler(t, newApp(&log, functions, fn.Use(middleware.Default()...))))
	for name, body := range map[string]string{
		"no size":          "zz\r\n",
		"no end of a line": "3\r\nabcd\r\n0\r\n\r\n",
		"too large a size": "fffffffffffffffff\r\n",
		"a negative size":  "-1\r\n",
	} {
		for _, path := range []string{"/stream", "/whole"} {
			got := exchange(t, l, "POST "+path+" HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"+body)
			if !strings.HasPrefix(got, "HTTP/1.1 400 ") || !strings.Contains(got, "must be sent to its end") {
				t.Errorf("%s, %s: got %q, want a 400 that says so", path, name, got)
			}
		}
	}
	if lines := log.String(); strings.Contains(lines, `"level":"error"`) {
		t.Errorf("logged as an error: %s", lines)
	}
}
