package fnhttp

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// recorder is the ResponseWriter of hosts that have no connection. It keeps the
// rules of net/http's own, so that a handler's answer is the same there.
type recorder struct {
	header http.Header
	sent   http.Header // header as it was when WriteHeader was called
	status int
	body   []byte
	head   bool  // the method is HEAD
	typed  bool  // the Content-Type is decided
	left   int64 // what may be written still, when Content-Length was declared
	bound  bool
}

// Header implements http.ResponseWriter.
func (w *recorder) Header() http.Header {
	if w.header == nil {
		w.header = http.Header{}
	}
	return w.header
}

// WriteHeader implements http.ResponseWriter. Informational responses cannot be carried.
func (w *recorder) WriteHeader(status int) {
	if w.status != 0 || status >= 100 && status < 200 && status != http.StatusSwitchingProtocols {
		return
	}
	w.status, w.sent = status, w.Header().Clone()
	if n, err := strconv.ParseInt(w.sent.Get("Content-Length"), 10, 64); err == nil && n >= 0 {
		w.left, w.bound = n, true
	}
}

// Write implements http.ResponseWriter.
func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	switch {
	case len(p) == 0:
		return 0, nil
	case !hasBody(w.status):
		return 0, http.ErrBodyNotAllowed
	case w.bound && int64(len(p)) > w.left:
		return 0, http.ErrContentLength
	}
	w.left -= int64(len(p))
	w.body = append(w.body, p...)
	return len(p), nil
}

// WriteString implements io.StringWriter.
func (w *recorder) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// Flush implements http.Flusher: nothing can be sent ahead, but the header is
// decided as if it had been.
func (w *recorder) Flush() {
	w.WriteHeader(http.StatusOK)
	w.detect()
}

// detect sets the Content-Type by what was written, as net/http does when the
// header goes out: unless there is one, or the body is encoded.
func (w *recorder) detect() {
	if w.typed {
		return
	}
	w.typed = true
	_, has := w.sent["Content-Type"]
	if has || w.sent.Get("Content-Encoding") != "" || w.sent.Get("Transfer-Encoding") != "" || len(w.body) == 0 {
		return
	}
	w.sent.Set("Content-Type", http.DetectContentType(w.body))
}

// reply returns what was recorded.
func (w *recorder) reply() *fn.Reply {
	w.WriteHeader(http.StatusOK)
	w.detect()
	reply := &fn.Reply{Status: w.status, Body: w.body}
	for _, name := range slices.Sorted(maps.Keys(w.sent)) {
		if w.carried(name) {
			for _, value := range w.sent[name] {
				reply.Header.Add(name, onOneLine(value))
			}
		}
	}
	return reply
}

// onOneLine is a value as net/http writes it.
func onOneLine(value string) string {
	if !strings.ContainsAny(value, "\r\n") {
		return value
	}
	return strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
}

// carried reports whether a field goes into the reply: trailers have no place
// there, and the length is the host's to say, but for the answer to HEAD that
// consists of it.
func (w *recorder) carried(name string) bool {
	switch name {
	case "Trailer":
		return false
	case "Content-Length":
		return w.head && len(w.body) == 0
	}
	return isToken(name) // which the names of trailers are not, nor those that net/http leaves out
}

// isToken reports whether a field can have the name (RFC 9110 section 5.6.2).
func isToken(name string) bool {
	const others = "!#$%&'*+-.^_`|~"
	return name != "" && strings.IndexFunc(name, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune(others, c))
	}) < 0
}
