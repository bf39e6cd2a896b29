package fnhttp_test

import (
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

var update = flag.Bool("update", false, "write the responses of testdata/wire anew")

// The files in testdata/wire hold a request and its response as they are on the
// wire, with the line "Date" left out. Each begins with the rule that it shows.
func TestWire(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "wire", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	l := serveRaw(t, newHandler(t, wireFunctions()))
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			c := readWireCase(t, file)
			got := exchange(t, l, strings.ReplaceAll(c.request, "\n", "\r\n"))
			got = dateLine.ReplaceAllString(got, "")
			got = strings.TrimRight(strings.ReplaceAll(got, "\r\n", "\n"), "\n") + "\n"
			if *update {
				c.write(t, file, got)
				return
			}
			if got != c.response {
				t.Errorf("%s\ngot:\n%s\nwant:\n%s", c.rule, got, c.response)
			}
		})
	}
}

var dateLine = regexp.MustCompile(`(?m)^Date: .*\r\n`)

// wireCase is a file with the sections request and response.
type wireCase struct{ rule, request, response string }

const (
	requestMark  = "-- request --\n"
	responseMark = "-- response --\n"
)

func readWireCase(t *testing.T, file string) wireCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rule, rest, ok := strings.Cut(strings.ReplaceAll(string(data), "\r\n", "\n"), requestMark)
	request, response, ok2 := strings.Cut(rest, responseMark)
	if !ok || !ok2 {
		t.Fatalf("%s: the sections request and response are expected", file)
	}
	return wireCase{rule, request, response}
}

func (c wireCase) write(t *testing.T, file, response string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(c.rule+requestMark+c.request+responseMark+response), 0o644); err != nil {
		t.Fatal(err)
	}
}

// wireFunctions are what the files ask.
func wireFunctions() []fn.Function {
	reply := func(name, route string, make func(*fn.Reply)) fn.Function {
		return fn.Raw(name, func(context.Context, *fn.Request) (*fn.Reply, error) {
			r := textReply("hello")
			make(r)
			return r, nil
		}, fn.Route(route))
	}
	handler := func(name, route string, h http.HandlerFunc) fn.Function {
		return fnhttp.Handle(name, h, fn.Route(route))
	}
	return []fn.Function{
		reply("wire.text", "GET /text", func(*fn.Reply) {}),
		reply("wire.untyped", "GET /untyped", func(r *fn.Reply) { r.Header = nil }),
		reply("wire.repeated", "GET /repeated", func(r *fn.Reply) {
			r.Header.Add("Set-Cookie", "a=1; Path=/")
			r.Header.Add("Link", "</b>")
			r.Header.Add("Set-Cookie", "b=2, and a comma")
			r.Header.Add("Link", "</a>")
		}),
		reply("wire.split", "GET /split", func(r *fn.Reply) {
			r.Header.Add("X-Value", "a\r\nX-Evil: 1\r\n\r\n<html>")
			r.Header = append(r.Header, fn.Header{{Name: "X-Name\r\nX-Evil", Value: "2"}, {Name: "X Space", Value: "3"}}...)
		}),
		reply("wire.nocontent", "GET /nocontent", func(r *fn.Reply) { r.Status = 204 }),
		reply("wire.notmodified", "GET /notmodified", func(r *fn.Reply) { r.Status = 304 }),
		reply("wire.early", "GET /early", func(r *fn.Reply) { r.Status = 103 }),
		reply("wire.zero", "GET /zero", func(r *fn.Reply) { r.Status = 0 }),
		reply("wire.stream", "GET /stream", func(r *fn.Reply) { r.Stream = pieces("one", "two") }),
		reply("wire.sized", "GET /sized", func(r *fn.Reply) {
			r.Stream = pieces("one", "two")
			r.Header.Set("Content-Length", "6")
		}),
		reply("wire.broken", "GET /broken", func(r *fn.Reply) {
			r.Stream = io.MultiReader(pieces("one"), broken{})
		}),
		handler("wire.sniff", "/sniff", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }),
		handler("wire.silent", "/silent", func(http.ResponseWriter, *http.Request) {}),
		handler("wire.abort", "/abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
		handler("wire.panics", "/panics", func(http.ResponseWriter, *http.Request) { panic("secret") }),
		handler("wire.halfway", "/halfway", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic("secret")
		}),
		handler("wire.status", "/status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(1000) }),
		handler("wire.hints", "/hints", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "</style.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusAccepted)
			w.WriteHeader(http.StatusTeapot)
		}),
		handler("wire.trailer", "/trailer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Trailer", "X-Sum")
			_, _ = io.WriteString(w, "body")
			w.Header().Set("X-Sum", "42")
			w.Header().Set("X-Late", "is not sent")
			w.Header().Set(http.TrailerPrefix+"X-Undeclared", "43")
		}),
		handler("wire.closing", "/closing", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Connection", "close")
			w.Header().Set("Upgrade", "echo")
			w.WriteHeader(http.StatusUpgradeRequired)
			_, _ = io.WriteString(w, "not here")
		}),
		handler("wire.websocket", "/websocket", upgrade),
		handler("wire.switch", "/switch", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Upgrade", "echo")
			w.WriteHeader(http.StatusSwitchingProtocols)
		}),
	}
}

// pieces is a stream that gives one text a read.
func pieces(texts ...string) io.Reader {
	var readers []io.Reader
	for _, text := range texts {
		readers = append(readers, onlyReader{strings.NewReader(text)})
	}
	return io.MultiReader(readers...)
}

type onlyReader struct{ io.Reader }

// broken is a stream that fails.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// upgrade does what WebSocket libraries do: take the connection over.
func upgrade(w http.ResponseWriter, _ *http.Request) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer conn.Close()
	_, _ = rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n")
	_ = rw.Flush()
	line, _ := rw.ReadString('\n')
	_, _ = rw.WriteString("echo " + line)
	_ = rw.Flush()
}
