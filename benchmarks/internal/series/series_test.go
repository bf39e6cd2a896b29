package series_test

import (
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/series"
)

func TestMarkdown(t *testing.T) {
	table := series.New("a", []string{"get", "post", "form"}, []string{"a", "b", "c"})
	for _, m := range []struct {
		row, column string
		value       float64
	}{
		{"post", "b", 1}, {"get", "b", 9}, {"get", "b", 3}, {"get", "b", 2}, {"get", "a", 4}, {"get", "a", 8}, {"post", "c", 7},
		{"form", "c", 250}, {"form", "a", 2},
	} {
		table.Add(m.row, m.column, m.value)
	}
	got := table.Markdown("time", func(row string, v float64) string { return fmt.Sprintf("%s %.0f", row[:1], v) })
	const want = `| time | a | b | c |
|---|--:|--:|--:|
| get | g 6 | g 3 (0.50) |  |
| post |  | p 1 | p 7 |
| form | f 2 |  | f 250 (125) |
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestQuartiles(t *testing.T) {
	table := series.New("", []string{"low", "high"}, []string{"a"})
	table.ShowQuartile("low", 1)
	table.ShowQuartile("high", 3)
	for _, v := range []float64{9, 1, 8, 2, 7} {
		table.Add("low", "a", v)
		table.Add("high", "a", v)
	}
	got := table.Markdown("", func(_ string, v float64) string { return fmt.Sprint(v) })
	if want := "|  | a |\n|---|--:|\n| low | 2 |\n| high | 8 |\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
