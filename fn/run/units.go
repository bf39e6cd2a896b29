//go:build !lambda

package run

import (
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/fn/run/internal/tagcheck"
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
	build := tagcheck.ThisBuild()
	if err := build.Whole(); err != nil {
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
	if err != nil {
		return nil, inFile(f.grain, err)
	}
	build = build.Without(d.Groups)
	for i := range units {
		units[i].Tags = build.With(units[i].Tags)
	}
	return &cut{d, units}, checkNames(d.App, units)
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

// functionName is what Lambda takes (AWS Lambda API reference, CreateFunction).
var functionName = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// checkNames finds units whose Lambda functions cannot be called APP-UNIT.
func checkNames(app string, units []grain.Unit) error {
	if !functionName.MatchString(app) {
		return fmt.Errorf("the Lambda functions of the units are called APP-UNIT, and the app's name %q has more than letters, digits, hyphens and underscores, or more than 64; rename it in fn.NewApp", app)
	}
	var problems []string
	for _, u := range units {
		if name := app + "-" + u.Name; !functionName.MatchString(name) {
			problems = append(problems, fmt.Sprintf("unit %q: the name %s of its Lambda function has %d letters, and Lambda takes 64; shorten the unit's name in a partition, or the function's or the app's", u.Name, name, len(name)))
		}
	}
	if len(problems) > 0 {
		return &grain.Error{Problems: problems}
	}
	return nil
}

// inFile puts the file of a partition in front of its problems.
func inFile(name string, err error) error {
	if builtIn(name) {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func builtIn(name string) bool { return name == "app" || name == "group" || name == "function" }

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
	callees := calleesOf(c.app, c.units)
	rows := c.rows(tagcheck.ThisBuild().Package, callees)
	if err := writeRows(rows, f.json, app.Name(), streams.Out); err != nil {
		return err
	}
	if err := checkCallees(callees); err != nil {
		return inFile(f.grain, err)
	}
	return nil
}

// writeRows prints the units as text or JSON.
func writeRows(rows []unitRow, asJSON bool, app string, out io.Writer) error {
	if asJSON {
		return json.MarshalWrite(out, rows, jsontext.WithIndent("  "))
	}
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%s\n  functions  %s\n", r.Unit, strings.Join(r.Functions, " "))
		if len(r.Needs) > 0 {
			fmt.Fprintf(&b, "  needs      %s\n", strings.Join(r.Needs, ", "))
		}
		if len(r.Variables) > 0 {
			fmt.Fprintf(&b, "  variables  %s\n", r.marked())
		}
		fmt.Fprintf(&b, "  handler    %s\n  build      %s\n", r.Handler, r.howToBuild())
	}
	if len(rows) > 1 {
		fmt.Fprintf(&b, "\nEvery unit finds the others by\n  ANYGRAIN_CALLEES='%s'\nwhen the Lambda functions are called %s-UNIT.\n", rows[0].Callees, app)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// unitRow is a unit as it is printed.
type unitRow struct {
	Unit      string   `json:"unit"`
	Functions []string `json:"functions"`
	Needs     []string `json:"needs,omitempty"` // beside calls, which graph shows
	Variables []string `json:"variables"`       // what the config and the sections of its groups read
	Secrets   []string `json:"secrets"`         // those of them that are secret
	Tags      []string `json:"tags"`
	Handler   string   `json:"handler"`
	Binary    string   `json:"binary"`           // the file that the unit is deployed from
	Build     string   `json:"build,omitempty"`  // the command that makes it, with the first unit that needs it
	SameAs    string   `json:"sameAs,omitempty"` // that first unit, with the others
	Callees   string   `json:"callees"`          // ANYGRAIN_CALLEES
}

func (c *cut) rows(pkg, callees string) []unitRow {
	built := map[string]string{} // the first unit of every list of tags: the others are the same build
	rows := make([]unitRow, len(c.units))
	for i, u := range c.units {
		rows[i] = unitRow{Unit: u.Name, Functions: namesOf(u.Functions), Needs: c.needs(u), Tags: u.Tags, Handler: u.Handler, Callees: callees}
		rows[i].read(c.app.Variables(u.Groups...))
		tags := strings.Join(u.Tags, ",")
		if first, ok := built[tags]; ok {
			rows[i].SameAs, rows[i].Binary = first, binary(first)
			continue
		}
		built[tags], rows[i].Binary = u.Name, binary(u.Name)
		rows[i].Build = buildCommand(runtime.GOOS, u.Tags, grain.Proof(c.linked(u)), binary(u.Name), pkg)
	}
	return rows
}

// linked are the functions whose groups are built into the unit: what of them it serves is
// for its Handler to say.
func (c *cut) linked(u grain.Unit) []fn.Function {
	var functions []fn.Function
	for _, f := range c.app.Functions {
		if slices.Contains(u.Groups, f.Group()) {
			functions = append(functions, f)
		}
	}
	return functions
}

// needs lists the resources that the unit's functions need.
func (c *cut) needs(u grain.Unit) []string {
	needs := slices.Clone(c.app.Needs)
	for _, f := range u.Functions {
		needs = append(needs, f.Needs()...)
	}
	var texts []string
	for _, n := range needs {
		if text := n.String(); n.Callee() == "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// read notes the variables.
func (r *unitRow) read(variables []config.Variable) {
	r.Variables, r.Secrets = make([]string, len(variables)), []string{}
	for i, v := range variables {
		r.Variables[i] = v.Name
		if v.Secret {
			r.Secrets = append(r.Secrets, v.Name)
		}
	}
}

// marked lists the variables and says which of them are secret.
func (r unitRow) marked() string {
	names := slices.Clone(r.Variables)
	for i, name := range names {
		if slices.Contains(r.Secrets, name) {
			names[i] += " (secret)"
		}
	}
	return strings.Join(names, ", ")
}

func binary(unit string) string { return "build/" + unit + "/bootstrap" }

func (r unitRow) howToBuild() string {
	if r.SameAs != "" {
		return "as " + r.SameAs + ": " + r.Binary
	}
	return r.Build
}

func namesOf(functions []fn.Function) []string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.Name()
	}
	return names
}
