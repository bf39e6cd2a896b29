package duration_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/anygrain/anygrain/internal/duration"
)

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{"1s": true, "9999999h": true, "-9999999h1m": true, "+99999999999999999999.5h": true, ".5µs": true,
		"": false, "5": false, "9999999": false, "1h5": false, "9999999d": false, "h": false, "1 h": false, "x": false, "-": false} {
		if got := duration.Is(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestSpan(t *testing.T) {
	if want := fmt.Sprintf("between %s and %s", time.Duration(math.MinInt64), time.Duration(math.MaxInt64)); duration.Span != want {
		t.Errorf("it is %s", want)
	}
}
