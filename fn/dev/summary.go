package dev

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// front names what the gateway stands for.
var front = map[awsevent.Format]string{
	awsevent.HTTPAPI:   "an HTTP API with payload 2.0",
	awsevent.HTTPAPIv1: "an HTTP API with payload 1.0",
	awsevent.REST:      "a REST API",
}

// notes are what surprises people behind a front door.
var notes = map[awsevent.Format]string{
	awsevent.HTTPAPI:   "HEAD and OPTIONS are 404 without a route of their own, as behind API Gateway",
	awsevent.HTTPAPIv1: "HEAD and OPTIONS are 404 without a route of their own, as behind API Gateway",
	awsevent.REST: "HEAD and OPTIONS are 403 without a route of their own, as behind API Gateway; binaryMediaTypes is taken for */*:\n" +
		"  a REST API without it hands out what is not text as base64",
}

// summary says where everything is: the addresses, the units, the routes.
func (d *Deployment) summary() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n%s is cut into %s behind %s:\n\n", d.config.App, plural(len(d.workers), "unit"), front[d.config.Format])
	table := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	for _, w := range d.workers {
		for _, f := range w.unit.Functions {
			_, _ = fmt.Fprintf(table, "  %s\t%s\t%s\n", w.unit.Name, f.Name(), triggers(f))
		}
	}
	_ = table.Flush() // into memory
	fmt.Fprintf(&b, "\n  %s\n  %s (Lambda Invoke, functions %s-UNIT)\n", d.url, d.endpoint, d.config.App)
	fmt.Fprintf(&b, "  %s\n\n", notes[d.config.Format])
	return b.Bytes()
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// triggers lists the routes of a function.
func triggers(f fn.Function) string {
	var all []string
	for _, r := range f.Routes() {
		all = append(all, r.Pattern)
	}
	if len(all) == 0 {
		return "(no route)"
	}
	return strings.Join(all, ", ")
}
