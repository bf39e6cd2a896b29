package grain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// Edge is a declared call from one function to another.
type Edge struct {
	From, To string
	Remote   bool // the two are in different units
	Missing  bool // the app does not have the function that is called
}

// Edges lists the calls that fn.Needs declares, in the order of declaration; those
// of the app's middleware are there for every function. Without units nothing is
// remote.
func Edges(d *fn.Description, units []Unit) []Edge {
	home, known := homes(units), map[string]bool{}
	for _, f := range d.Functions {
		known[f.Name()] = true
	}
	var edges []Edge
	for _, f := range d.Functions {
		var callees []string
		for _, n := range append(f.Needs(), d.Needs...) {
			if to := n.Callee(); to != "" && !slices.Contains(callees, to) {
				callees = append(callees, to)
				edges = append(edges, Edge{f.Name(), to, home[f.Name()] != home[to], !known[to]})
			}
		}
	}
	return edges
}

// Text is the call graph as text: every function with what it calls. With units
// it is marked which calls are remote.
func Text(d *fn.Description, units []Unit) string {
	var b strings.Builder
	edges, home := Edges(d, units), homes(units)
	for _, f := range d.Functions {
		b.WriteString(f.Name())
		if unit := home[f.Name()]; unit != "" {
			b.WriteString(" [" + unit + "]")
		}
		b.WriteByte('\n')
		for _, e := range edges {
			if e.From == f.Name() {
				b.WriteString("  → " + e.To + e.mark(units != nil) + "\n")
			}
		}
	}
	return b.String()
}

// mark says what is to be said of an edge.
func (e Edge) mark(cut bool) string {
	switch {
	case e.Missing:
		return " (missing)"
	case !cut:
		return ""
	case e.Remote:
		return " (remote)"
	}
	return " (local)"
}

// Mermaid is the call graph as a flowchart of mermaid.js, with a subgraph for
// each unit: calls within one are solid lines, remote ones dotted.
func Mermaid(d *fn.Description, units []Unit) string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	id := ids(d)
	eachUnit(d, units, func(i int, unit string, functions []fn.Function) {
		indent := "  "
		if unit != "" {
			fmt.Fprintf(&b, "  subgraph u%d[%s]\n", i, mermaidText(unit))
			indent = "    "
		}
		for _, f := range functions {
			fmt.Fprintf(&b, "%s%s[%s]\n", indent, id[f.Name()], mermaidText(f.Name()))
		}
		if unit != "" {
			b.WriteString("  end\n")
		}
	})
	for _, e := range Edges(d, units) {
		switch {
		case e.Missing:
			fmt.Fprintf(&b, "  %s -- missing --x %s[%s]\n", id[e.From], id[e.To], mermaidText(e.To))
		case e.Remote:
			fmt.Fprintf(&b, "  %s -. remote .-> %s\n", id[e.From], id[e.To])
		default:
			fmt.Fprintf(&b, "  %s --> %s\n", id[e.From], id[e.To])
		}
	}
	return b.String()
}

// DOT is the call graph in the language of Graphviz, with a cluster for each
// unit: calls within one are solid lines, remote ones dashed.
func DOT(d *fn.Description, units []Unit) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n  rankdir=LR;\n  node [shape=box];\n", dotText(d.App))
	eachUnit(d, units, func(_ int, unit string, functions []fn.Function) {
		indent := "  "
		if unit != "" {
			fmt.Fprintf(&b, "  subgraph %s {\n    label=%s;\n", dotText("cluster_"+unit), dotText(unit))
			indent = "    "
		}
		for _, f := range functions {
			fmt.Fprintf(&b, "%s%s;\n", indent, dotText(f.Name()))
		}
		if unit != "" {
			b.WriteString("  }\n")
		}
	})
	for _, e := range Edges(d, units) {
		style := ""
		switch {
		case e.Missing:
			style = " [color=red, label=missing]"
		case e.Remote:
			style = " [style=dashed, label=remote]"
		}
		fmt.Fprintf(&b, "  %s -> %s%s;\n", dotText(e.From), dotText(e.To), style)
	}
	b.WriteString("}\n")
	return b.String()
}

// eachUnit visits the units with their functions, or all functions as one
// without a name.
func eachUnit(d *fn.Description, units []Unit, visit func(i int, unit string, functions []fn.Function)) {
	if units == nil {
		visit(0, "", d.Functions)
	}
	for i, u := range units {
		visit(i, u.Name, u.Functions)
	}
}

// ids are names for mermaid, which knows words such as "end" as its own: f0 for
// a function, m0 for one that is missing.
func ids(d *fn.Description) map[string]string {
	id := map[string]string{}
	for i, f := range d.Functions {
		id[f.Name()] = fmt.Sprintf("f%d", i)
	}
	for _, e := range Edges(d, nil) {
		if e.Missing && id[e.To] == "" {
			id[e.To] = fmt.Sprintf("m%d", len(id)-len(d.Functions))
		}
	}
	return id
}

// mermaidText quotes a text; an entity of mermaid's stands for what would end it.
func mermaidText(s string) string {
	return `"` + strings.NewReplacer("#", "#35;", `"`, "#quot;", "\n", " ").Replace(s) + `"`
}

// dotText quotes a text as the language of Graphviz does, which escapes less than Go.
func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
