package httpstatus_test

import (
	"net/http"
	"testing"

	"github.com/anygrain/anygrain/internal/httpstatus"
)

// The phrases are net/http's, but for those that RFC 9110 has changed, one of nginx, and
// two statuses that no error has.
func TestText(t *testing.T) {
	t.Parallel()
	others := map[int]string{413: "Content Too Large", 414: "URI Too Long", 416: "Range Not Satisfiable", 422: "Unprocessable Content",
		499: "Client Closed Request", 506: "Status 506", 510: "Status 510"}
	for status := 400; status < 600; status++ {
		want := http.StatusText(status)
		if other := others[status]; other != "" {
			want = other
		}
		if got := httpstatus.Text(status); want != "" && got != want {
			t.Errorf("%d: got %q, want %q", status, got, want)
		}
	}
	if got := httpstatus.Text(599); got != "Status 599" {
		t.Errorf("got %q", got)
	}
}

func TestHasBody(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bool{200: true, 204: false, 205: true, 304: false, 404: true} {
		if got := httpstatus.HasBody(status); got != want {
			t.Errorf("%d: got %v", status, got)
		}
	}
}
