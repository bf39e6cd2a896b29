package rfc3339_test

import (
	"testing"
	"time"

	"github.com/anygrain/anygrain/internal/rfc3339"
)

func TestParse(t *testing.T) {
	noon := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2024-02-29T12:00:00Z": noon, "2024-02-29t12:00:00z": noon, "2024-02-29T23:59:00+11:59": noon, "2024-02-29T12:00:00.5Z": noon.Add(time.Second / 2),
		"": {}, "2024-02-29": {}, "2024-02-29T12:00:00": {}, "2024-02-29T12:00:00,5Z": {}, "2024-02-29T2:00:00Z": {}, "2024-02-29T12:00:00-24:00": {},
		"2024-02-29T12:00:00.": {}, "2024-02-29T12:00:00.Z": {}, "2024-02-30T12:00:00Z": {}, "2024-02-29T12:00:60Z": {}, "2024-02-29T12:00:00Zz": {},
	} {
		if got, ok := rfc3339.Parse(text); ok == want.IsZero() || !got.Equal(want) {
			t.Errorf("%q: got %v and %v, want %v", text, got, ok, want)
		}
	}
}
