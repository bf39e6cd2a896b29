//go:build !lambda

package run

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

// cut is an app and its units by the --grain flag.
type cut struct {
	app   *fn.Description
	units []grain.Unit // nil without a grain
}

// newCut describes the whole app and cuts it.
func newCut(ctx context.Context, app App, f *flags) (*cut, error) {
	if err := f.noOperands(); err != nil {
		return nil, err
	}
	d, err := app.Describe(ctx)
	if err != nil || f.grain == "" {
		return &cut{app: d}, err
	}
	p, err := partition(d, f.grain)
	if err != nil {
		return nil, err
	}
	units, err := grain.Cut(d, p)
	return &cut{d, units}, err
}

// partition returns a built-in grain, or reads a file.
func partition(d *fn.Description, name string) (grain.Partition, error) {
	switch name {
	case "app":
		return grain.Whole(d), nil
	case "group":
		return grain.ByGroup(d), nil
	case "function":
		return grain.ByFunction(d), nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the grain %q is none of app, group and function, and no file that can be read: %w", name, err)
	}
	p, err := grain.Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// graph prints the call graph.
func graph(ctx context.Context, app App, f *flags, streams IO) error {
	draw, ok := map[string]func(*fn.Description, []grain.Unit) string{
		"text": grain.Text, "mermaid": grain.Mermaid, "dot": grain.DOT,
	}[f.format]
	if !ok {
		return usageError{fmt.Errorf("the format %q is none of text, mermaid and dot", f.format)}
	}
	c, err := newCut(ctx, app, f)
	if err != nil {
		return err
	}
	_, err = io.WriteString(streams.Out, draw(c.app, c.units))
	return err
}

// units prints the units of a grain with what is needed to build and start them.
func units(ctx context.Context, app App, f *flags, streams IO) error {
	if f.grain == "" {
		f.grain = "group"
	}
	c, err := newCut(ctx, app, f)
	if err != nil {
		return err
	}
	rows := c.rows(app.Name(), mainPackage())
	if f.json {
		return json.MarshalWrite(streams.Out, rows, jsontext.WithIndent("  "))
	}
	for _, r := range rows {
		_, err = fmt.Fprintf(streams.Out, "%s\n  functions  %s\n  handler    %s\n  build      %s\n", r.Unit, strings.Join(r.Functions, " "), r.Handler, r.Build)
	}
	if len(rows) > 1 {
		_, err = fmt.Fprintf(streams.Out, "\nEvery unit finds the others by\n  %s\nwhen the Lambda functions are called %s-UNIT.\n", rows[0].Callees, app.Name())
	}
	return err
}

// unitRow is a unit as it is printed.
type unitRow struct {
	Unit      string   `json:"unit"`
	Functions []string `json:"functions"`
	Tags      []string `json:"tags"`
	Handler   string   `json:"handler"`
	Build     string   `json:"build"`
	Callees   string   `json:"callees"`
}

func (c *cut) rows(app, pkg string) []unitRow {
	callees := "ANYGRAIN_CALLEES='" + grain.Callees(c.app, c.units, "lambda:"+app+"-") + "'"
	built := map[string]string{} // units with the same tags are one build
	rows := make([]unitRow, len(c.units))
	for i, u := range c.units {
		tags := strings.Join(u.Tags, ",")
		if built[tags] == "" {
			built[tags] = u.Name
		}
		rows[i] = unitRow{Unit: u.Name, Functions: namesOf(u.Functions), Tags: u.Tags, Handler: u.Handler, Callees: callees,
			Build: "GOOS=linux GOARCH=arm64 CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -tags " + tags + " -o build/" + u.Name + "/bootstrap " + pkg}
		if built[tags] != u.Name {
			rows[i].Build = "as " + built[tags] + ": build/" + built[tags] + "/bootstrap"
		}
	}
	return rows
}
