package fnhttp_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// largeAnswers are an answer in one piece, in many, and one of a mounted handler.
func largeAnswers(size int) []fn.Function {
	large := strings.Repeat("x", size)
	return []fn.Function{
		text("a.text", large, fn.Route("/text")),
		fnhttp.Handle("a.handler", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for range size / 1000 {
				if _, err := io.WriteString(w, large[:1000]); err != nil {
					return
				}
			}
		}), fn.Route("/handler")),
	}
}

// A client that does not read its answer does not hold it for ever.
func TestAClientThatTakesNothingIsDropped(t *testing.T) {
	for _, path := range []string{"/text", "/handler"} {
		for name, c := range map[string]struct {
			options []fnhttp.Option
			after   time.Duration
		}{
			"as it is":                    {nil, 30 * time.Second},
			"as is wanted":                {[]fnhttp.Option{fnhttp.SendTimeout(2 * time.Second)}, 2 * time.Second},
			"by a deadline of the server": {[]fnhttp.Option{fnhttp.Server(func(s *http.Server) { s.WriteTimeout = time.Second })}, time.Second},
		} {
			t.Run(path+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					closed := make(chan time.Time, 1)
					note := fnhttp.Server(func(s *http.Server) {
						s.ConnState = func(_ net.Conn, state http.ConnState) {
							if state == http.StateClosed {
								closed <- time.Now()
							}
						}
					})
					l, stop := run(t, newApp(io.Discard, largeAnswers(3<<20)), append(c.options, note)...)
					k := dialTalk(t, l)
					k.say("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n")
					_, _ = io.ReadFull(k, make([]byte, 1000))
					if waited := (<-closed).Sub(k.began); waited < c.after || waited > 2*c.after {
						t.Errorf("dropped after %v, want %v to twice that", waited, c.after)
					}
					_ = k.Close()
					if err := stop(); err != nil {
						t.Error(err)
					}
				})
			})
		}
	}
}

// A slow client gets the whole, as long as it takes something now and then.
func TestASlowClientGetsTheWhole(t *testing.T) {
	for _, path := range []string{"/text", "/handler"} {
		t.Run(path, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, stop := run(t, newApp(io.Discard, largeAnswers(200_000)))
				k := dialTalk(t, l)
				k.say("GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
				got, some := 0, make([]byte, 5000)
				for {
					time.Sleep(29 * time.Second) // of the bubble's clock
					n, err := k.Read(some)
					if got += n; errors.Is(err, io.EOF) {
						break
					} else if err != nil {
						t.Fatal(err)
					}
				}
				if got < 200_000 {
					t.Errorf("%d bytes came", got)
				}
				_ = k.Close()
				if err := stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A stream that has nothing to say is not cut.
func TestASilentStreamIsNotCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events := fnhttp.Handle("a.events", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for range 3 {
				_, _ = io.WriteString(w, "data: tick\n\n")
				w.(http.Flusher).Flush()
				time.Sleep(time.Hour) // of the bubble's clock
			}
		}), fn.Route("/"))
		l, stop := run(t, newApp(io.Discard, []fn.Function{events}))
		status, body, err := get(l.client(), "/")
		if status != 200 || strings.Count(body, "tick") != 3 || err != nil {
			t.Errorf("%d %q %v", status, body, err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}
