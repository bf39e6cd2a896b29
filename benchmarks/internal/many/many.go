// Package many writes services of as many functions as are wanted, each with an input
// and an output type of its own, as an app of that size has: one for anygrain and one
// by hand, which do the same.
package many

import (
	_ "embed"
	"fmt"
	"go/format"
	"slices"
	"strings"
	"text/template"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// templates are the services, by the name of the program. Each program is a directory below
// internal/programs/many, whose file functions.go is what Source writes for Small functions.
var templates = template.Must(template.New("").Funcs(template.FuncMap{"tens": tens}).Parse(types + anygrain + byhand))

// Small is how many functions the services have as they stand in the repository.
const Small = 2

//go:embed types.tmpl
var types string

//go:embed anygrain.tmpl
var anygrain string

//go:embed byhand.tmpl
var byhand string

// Source is the file functions.go of a program, "anygrain" or "byhand", with n functions.
func Source(program string, n int) ([]byte, error) {
	if templates.Lookup(program) == nil {
		return nil, fmt.Errorf("there is no service by the name %q", program)
	}
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	var text strings.Builder
	if err := templates.ExecuteTemplate(&text, program, numbers); err != nil {
		return nil, err
	}
	return format.Source([]byte(text.String()))
}

// tens are the numbers in lists of ten.
func tens(numbers []int) [][]int { return slices.Collect(slices.Chunk(numbers, 10)) }

// Request asks the last of n functions, and says what is right. An event of it names its
// route, or not: a front door that hands on whatever comes has none.
func Request(n int, named bool) work.Request {
	r := work.Request{
		Name: fmt.Sprintf("function %d", n-1), Method: "POST", Target: fmt.Sprintf("/service%d/things/t-17?limit=5", n-1),
		ContentType: "application/json", Status: 200,
		Body: `{"name":"Ada","currency":"EUR","items":[{"sku":"espresso","quantity":2,"cents":250},{"sku":"filter","quantity":1,"cents":300}]}`,
		Want: `{"id":"t-17","name":"Ada","currency":"EUR","cents":800,"lines":2}`,
	}
	if named {
		r.Route = fmt.Sprintf("/service%d/things/{id}", n-1)
	}
	return r
}
