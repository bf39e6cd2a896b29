package binding_test

import (
	"reflect"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

func TestHeader(t *testing.T) {
	var h binding.Header
	h.Add("x-a", "1")
	h.Add("Vary", "Origin")
	h.Add("X-A", "2")
	if got := h.Get("X-a"); got != "1" {
		t.Errorf("Get gives %q, want the first value", got)
	}
	if got := h.Values("x-A"); !reflect.DeepEqual(got, []string{"1", "2"}) {
		t.Errorf("Values gives %q", got)
	}
	if h.Get("X-B") != "" || h.Values("X-B") != nil {
		t.Error("a field that is not there has a value")
	}
	h.Set("x-a", "3")
	if want := (binding.Header{{"Vary", "Origin"}, {"X-A", "3"}}); !reflect.DeepEqual(h, want) {
		t.Errorf("after Set: %v, want %v", h, want)
	}
	h.Del("VARY")
	if want := (binding.Header{{"X-A", "3"}}); !reflect.DeepEqual(h, want) {
		t.Errorf("after Del: %v, want %v", h, want)
	}
}
