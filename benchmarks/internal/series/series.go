// Package series keeps what was measured several times, and compares medians.
package series

import (
	"fmt"
	"slices"
	"strings"
)

// Table is a set of series: a row for each workload or unit, a column for each
// contender.
type Table struct {
	Reference string // the column that the others are divided by; "" for none
	rows      []string
	columns   []string
	values    map[[2]string][]float64
	quartiles map[string]int // of the rows that do not show the median, 1 or 3
}

// New returns a table whose rows and columns are in this order, in whatever order
// the measurements come.
func New(reference string, rows, columns []string) *Table {
	return &Table{reference, rows, columns, map[[2]string][]float64{}, map[string]int{}}
}

// Add adds a measurement.
func (t *Table) Add(row, column string, value float64) {
	key := [2]string{row, column}
	t.values[key] = append(t.values[key], value)
}

// ShowQuartile makes a row show the first or the third quartile in place of the median.
func (t *Table) ShowQuartile(row string, quartile int) { t.quartiles[row] = quartile }

// shown returns what a row shows of a series; ok is false when it is empty. The quartiles
// are values of it.
func (t *Table) shown(row, column string) (value float64, ok bool) {
	values := slices.Sorted(slices.Values(t.values[[2]string{row, column}]))
	n := len(values)
	if n == 0 {
		return 0, false
	}
	if q := t.quartiles[row]; q != 0 {
		return values[(n-1)*q/4], true
	}
	return (values[(n-1)/2] + values[n/2]) / 2, true
}

// Markdown writes the medians, and behind each in brackets its ratio to the reference's.
func (t *Table) Markdown(corner string, format func(row string, value float64) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %s |\n|---|%s\n", corner, strings.Join(t.columns, " | "), strings.Repeat("--:|", len(t.columns)))
	for _, row := range t.rows {
		b.WriteString("| " + row)
		for _, column := range t.columns {
			b.WriteString(" | " + t.cell(row, column, format))
		}
		b.WriteString(" |\n")
	}
	return b.String()
}

func (t *Table) cell(row, column string, format func(string, float64) string) string {
	m, ok := t.shown(row, column)
	reference, _ := t.shown(row, t.Reference)
	switch {
	case !ok:
		return ""
	case reference == 0 || column == t.Reference:
		return format(row, m)
	case m/reference >= 100:
		return fmt.Sprintf("%s (%.0f)", format(row, m), m/reference)
	}
	return fmt.Sprintf("%s (%.2f)", format(row, m), m/reference)
}
