//go:build !lambda

package run

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
)

// routes prints a table of what the app consists of.
func routes(ctx context.Context, app App, f *flags, streams IO) error {
	if err := f.noOperands(); err != nil {
		return err
	}
	description, err := app.Describe(ctx, f.selected()...)
	if err != nil {
		return err
	}
	rows := make([]row, len(description.Functions))
	for i, function := range description.Functions {
		rows[i] = newRow(function)
	}
	if f.json {
		return json.MarshalWrite(streams.Out, rows, jsontext.WithIndent("  "))
	}
	return printRows(streams.Out, rows)
}

// row is a function in the table.
type row struct {
	Function string   `json:"function"`
	Group    string   `json:"group"`
	Triggers []string `json:"triggers"`
	Input    []string `json:"input"`
	Place    string   `json:"place"`
	Doc      string   `json:"doc,omitempty"`
}

func newRow(function fn.Function) row {
	r := row{Function: function.Name(), Group: function.Group(), Place: function.Place(), Doc: function.Doc()}
	for _, route := range function.Routes() {
		r.Triggers = append(r.Triggers, route.Pattern)
	}
	for _, trigger := range function.Triggers() {
		r.Triggers = append(r.Triggers, trigger.String())
	}
	if kinds, sources, ok := function.Events(); ok {
		r.Triggers = append(r.Triggers, eventsText(kinds, sources))
	}
	if len(r.Triggers) == 0 {
		r.Triggers = []string{"direct"}
	}
	for _, field := range function.Input() {
		r.Input = append(r.Input, fieldText(field))
	}
	return r
}

// eventsText says which events a function takes: "sqs from orders-queue".
func eventsText(kinds, sources []string) string {
	text := strings.Join(kinds, " or ")
	if len(kinds) == 0 {
		text = "any event"
	}
	if len(sources) == 0 {
		return text
	}
	return text + " from " + strings.Join(sources, " or ")
}

// fieldText is a field as "query.limit=20", with a star when it is required.
func fieldText(field binding.Field) string {
	text := string(field.Where)
	if field.Name != "" {
		text += "." + field.Name
	}
	if field.Required {
		text += "*"
	}
	if field.HasDef {
		text += "=" + field.Default
	}
	return text
}

func printRows(out io.Writer, rows []row) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "FUNCTION\tGROUP\tTRIGGERS\tINPUT (* required, = default)\tDECLARED AT")
	for _, r := range rows {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.Function, r.Group,
			strings.Join(r.Triggers, ", "), strings.Join(r.Input, " "), r.Place)
	}
	return w.Flush()
}
