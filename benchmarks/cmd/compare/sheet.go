package main

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/series"
)

// sheet is a table with a row for each metric and a column for each contender.
type sheet struct {
	corner  string
	metrics []metric
	table   *series.Table
}

// newSheet has the reference among the contenders, or "" for none.
func newSheet(corner, reference string, contenders []string, metrics []metric) *sheet {
	var rows []string
	for _, m := range metrics {
		rows = append(rows, m.title)
	}
	table := series.New(reference, rows, contenders)
	for _, m := range metrics {
		if m.quartile != 0 {
			table.ShowQuartile(m.title, m.quartile)
		}
	}
	return &sheet{corner, metrics, table}
}

// add takes what was measured in one turn, by unit.
func (s *sheet) add(contender string, values map[string]float64) {
	for _, m := range s.metrics {
		if number, ok := values[m.unit]; ok {
			s.table.Add(m.title, contender, number)
		}
	}
}

// markdown writes each row as its metric is written.
func (s *sheet) markdown() string {
	return s.table.Markdown(s.corner, func(row string, value float64) string {
		i := slices.IndexFunc(s.metrics, func(m metric) bool { return m.title == row })
		return s.metrics[i].format(value)
	})
}

// markdown writes all sheets, one below the other.
func markdown(sheets []*sheet) string {
	all := make([]string, len(sheets))
	for i, s := range sheets {
		all[i] = s.markdown()
	}
	return strings.Join(all, "\n")
}
