package fnhttp_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// Files of a mounted handler are sent whole, whichever way the system sends them: over a
// socket without a copy.
func TestFilesAreSentWhole(t *testing.T) {
	sizes := map[string]int{"empty": 0, "small": 10, "piece": 256 << 10, "many": 1<<20 + 7}
	dir := t.TempDir()
	want := map[string][]byte{}
	for name, size := range sizes {
		want[name] = bytes.Repeat([]byte("0123456"), size/7+1)[:size]
		if err := os.WriteFile(filepath.Join(dir, name), want[name], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- fnhttp.ListenAndServe(ctx, newApp(io.Discard, []fn.Function{text("a.b", "x", fn.Route("/x"))}),
			fnhttp.Listener(l), fnhttp.Mount("/files/", http.StripPrefix("/files/", http.FileServer(http.Dir(dir)))))
	}()
	for _, c := range []struct {
		name, ranged string
		from, to     int
	}{
		{"empty", "", 0, 0}, {"small", "", 0, 10}, {"small", "Range: bytes=3-5\r\n", 3, 6}, {"piece", "", 0, 256 << 10}, {"many", "", 0, 1<<20 + 7},
		{"many", "Range: bytes=7-\r\n", 7, 1<<20 + 7}, {"many", "Range: bytes=7-300000\r\n", 7, 300001}, {"many", "Range: bytes=0-262143\r\n", 0, 256 << 10},
	} {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		k := &talk{t: t, Conn: conn, r: bufio.NewReader(conn), began: time.Now()}
		k.say("GET /files/" + c.name + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n" + c.ranged + "\r\n")
		status, body, _ := k.answer(time.Minute)
		if body != string(want[c.name][c.from:c.to]) {
			t.Errorf("%s, %q: %d, %d bytes of %d", c.name, c.ranged, status, len(body), c.to-c.from)
		}
		k.ends(time.Minute) // with nothing behind
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
