package series_test

import (
	"strconv"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/series"
)

func TestMarkdown(t *testing.T) {
	table := series.Table{Reference: "a"}
	for _, m := range []struct {
		row, column string
		value       float64
	}{
		{"post", "b", 1}, {"get", "b", 9}, {"get", "b", 3}, {"get", "b", 2}, {"get", "a", 4}, {"get", "a", 8}, {"post", "c", 7},
	} {
		table.Add(m.row, m.column, m.value)
	}
	table.Order([]string{"get", "post"}, []string{"a", "b", "c"})
	got := table.Markdown("", func(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) })
	const want = `|  | a | b | c |
|---|--:|--:|--:|
| get | 6 | 3 (0.50) |  |
| post |  | 1 | 7 |
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
