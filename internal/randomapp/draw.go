package randomapp

import (
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/internal/dice"
)

// Draw returns an app. The same dice draw the same one.
func Draw(d dice.Dice) App {
	a := App{Bare: d.OneIn(3)}
	a.CORS = !a.Bare && d.OneIn(4)
	a.Watched = d.OneIn(2)
	for i := range d.Between(1, 5) {
		a.Functions = append(a.Functions, drawFunction(d, i))
	}
	for i := range a.Functions {
		a.Functions[i].Calls = a.calls(d, i)
	}
	return a
}

// calls lists whom the function calls: those behind it and, if it is the last, now
// and then itself. More circles than one would make calls without an end.
func (a *App) calls(d dice.Dice, caller int) []string {
	var names []string
	last := len(a.Functions) - 1
	for i := caller; i <= last; i++ {
		if i == caller && i == last && d.OneIn(4) || i > caller && d.OneIn(2) {
			names = append(names, a.Functions[i].Name)
		}
	}
	return names
}

func drawFunction(d dice.Dice, i int) Function {
	f := Function{
		Name:  fmt.Sprintf("%s.f%d", dice.Pick(d, "red", "green", "blue"), i),
		Again: d.OneIn(2),
		Loose: d.OneIn(6),
	}
	if d.OneIn(5) {
		f.Limit = int64(dice.Pick(d, 1, 64, 300))
	}
	in := &inDrawer{Dice: d}
	if !d.OneIn(6) {
		f.Routes = append(f.Routes, in.route(i))
	}
	if len(in.wildcards) == 0 && in.takesBody() && d.OneIn(2) {
		f.In, f.Out = drawFixed(d), drawFixed(d)
		return f
	}
	f.In = in.draw()
	f.Out = drawOut(d, len(f.Routes) > 0)
	return f
}

// inDrawer draws an In for a route.
type inDrawer struct {
	dice.Dice
	method    string
	wildcards []string
}

// route draws a route that no other function has: its first segment is its own.
func (g *inDrawer) route(i int) string {
	g.method = dice.Pick(g.Dice, "", "GET", "GET", "POST", "POST", "POST", "PUT", "DELETE", "PATCH")
	path := fmt.Sprintf("/r%d", i)
	for range g.IntN(3) {
		if g.OneIn(3) {
			path += dice.Pick(g.Dice, "/items", "/a.b", "/x-y")
			continue
		}
		path += "/{" + g.wildcard() + "}"
	}
	switch {
	case g.OneIn(6):
		path += "/{" + g.wildcard() + "...}"
	case g.OneIn(6):
		path += dice.Pick(g.Dice, "/", "/{$}")
	}
	return strings.TrimSpace(g.method + " " + path)
}

func (g *inDrawer) wildcard() string {
	name := fmt.Sprintf("w%d", len(g.wildcards))
	g.wildcards = append(g.wildcards, name)
	return name
}

// draw returns an In.
func (g *inDrawer) draw() Type {
	if len(g.wildcards) == 0 && g.takesBody() && g.OneIn(6) {
		whole := dice.Pick(g.Dice, drawType(g.Dice, 0), Type{Go: "[]int"}, Type{Go: "map[string]string"})
		whole.Go = strings.TrimLeft(whole.Go, "*")
		return whole
	}
	t := Type{Go: "struct"}
	for _, w := range g.wildcards {
		t.Fields = append(t.Fields, g.field(len(t.Fields), "path", w, drawScalar(g.Dice)))
	}
	for range g.IntN(4) {
		n := len(t.Fields)
		place := dice.Pick(g.Dice, "query", "query", "query", "header", "cookie")
		t.Fields = append(t.Fields, g.field(n, place, placeName(place, n), g.textType(place)))
	}
	if g.takesBody() {
		t.Fields = append(t.Fields, g.body(len(t.Fields))...)
	}
	return t
}

// takesBody reports whether there may be a body: a GET or a DELETE that has one is a
// problem of the declaration.
func (g *inDrawer) takesBody() bool { return g.method != "GET" && g.method != "DELETE" }

func placeName(place string, n int) string {
	if place == "header" {
		return fmt.Sprintf("X-F%d", n)
	}
	return fmt.Sprintf("%c%d", place[0], n)
}

// textType draws a type that is read from text.
func (g *inDrawer) textType(place string) string {
	scalar := drawScalar(g.Dice)
	switch {
	case g.OneIn(4):
		return "*" + scalar
	case g.OneIn(3) && place != "cookie":
		return "[]" + scalar
	}
	return scalar
}

// body draws the fields of a body: none, members, a form, or the whole of it.
func (g *inDrawer) body(n int) []Field {
	var fields []Field
	switch g.IntN(8) {
	case 0: // none
	case 1:
		whole := dice.Pick(g.Dice, Type{Go: "string"}, Type{Go: "[]byte"}, Type{Go: "reader"}, drawType(g.Dice, 0))
		fields = append(fields, Field{Name: fieldName(n), Type: whole, Tag: fmt.Sprintf(`body:"" validate:%q`, diveAll(whole.Go, ""))})
	case 2, 3:
		for range g.Between(1, 4) {
			i := n + len(fields)
			t := dice.Pick(g.Dice, g.textType("form"), g.textType("form"), g.textType("form"), "file", "[]file")
			fields = append(fields, g.field(i, "form", fmt.Sprintf("f%d", i), t))
		}
	default:
		for range g.Between(1, 5) {
			fields = append(fields, member(g.Dice, n+len(fields), 0))
		}
	}
	return fields
}

func fieldName(n int) string { return fmt.Sprintf("F%d", n) }

// field draws a field at a place, with rules and at times a default.
func (g *inDrawer) field(n int, place, name, goType string) Field {
	f := Field{Name: fieldName(n), Type: Type{Go: goType}}
	rules := drawRules(g.Dice, goType)
	f.Tag = fmt.Sprintf(`%s:%q`, place, name)
	if rules != "" {
		f.Tag += fmt.Sprintf(` validate:%q`, rules)
	}
	if place != "path" && takesDefault(goType, rules) && g.OneIn(5) {
		f.Tag += fmt.Sprintf(` default:%q`, defaultOf(g.Dice, f.Type, rules))
	}
	return f
}

// takesDefault reports whether a default can be found that keeps the rules.
func takesDefault(goType, rules string) bool {
	for _, not := range []string{"len=", "startswith=", "ne=", "ms"} {
		if strings.Contains(rules, not) {
			return false
		}
	}
	return !strings.Contains(goType, "file") && goType[0] != '*'
}
