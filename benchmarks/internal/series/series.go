// Package series keeps what was measured several times, and compares medians.
package series

import (
	"fmt"
	"slices"
	"strings"
)

// Table is a set of series: a row for each workload, a column for each contender.
type Table struct {
	Reference string // the column that the others are divided by
	rows      []string
	columns   []string
	values    map[[2]string][]float64
}

// Add adds a measurement.
func (t *Table) Add(row, column string, value float64) {
	if t.values == nil {
		t.values = map[[2]string][]float64{}
	}
	if !slices.Contains(t.rows, row) {
		t.rows = append(t.rows, row)
	}
	if !slices.Contains(t.columns, column) {
		t.columns = append(t.columns, column)
	}
	key := [2]string{row, column}
	t.values[key] = append(t.values[key], value)
}

// Order puts rows and columns into an order, whatever that of the measurements was.
func (t *Table) Order(rows, columns []string) {
	byPlace := func(order []string) func(a, b string) int {
		return func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) }
	}
	slices.SortStableFunc(t.rows, byPlace(rows))
	slices.SortStableFunc(t.columns, byPlace(columns))
}

// Median returns the median of a series; ok is false when there is none.
func (t *Table) Median(row, column string) (median float64, ok bool) {
	values := slices.Sorted(slices.Values(t.values[[2]string{row, column}]))
	n := len(values)
	if n == 0 {
		return 0, false
	}
	return (values[(n-1)/2] + values[n/2]) / 2, true
}

// Markdown writes the medians, and behind each in brackets its ratio to the reference's.
func (t *Table) Markdown(corner string, format func(float64) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %s |\n|---|%s\n", corner, strings.Join(t.columns, " | "), strings.Repeat("--:|", len(t.columns)))
	for _, row := range t.rows {
		b.WriteString("| " + row)
		reference, _ := t.Median(row, t.Reference)
		for _, column := range t.columns {
			b.WriteString(" | " + t.cell(row, column, reference, format))
		}
		b.WriteString(" |\n")
	}
	return b.String()
}

func (t *Table) cell(row, column string, reference float64, format func(float64) string) string {
	m, ok := t.Median(row, column)
	switch {
	case !ok:
		return ""
	case reference == 0 || column == t.Reference:
		return format(m)
	}
	return fmt.Sprintf("%s (%.2f)", format(m), m/reference)
}
