package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
)

// linkedFunctions is how many functions the programs have whose parts are weighed.
const linkedFunctions = 50

// linked says what a binary consists of: the code and constants by whose package they are, and
// the rest, which is tables about all of them.
func linked(ctx context.Context, c *comparison) (string, error) {
	var columns []string
	sizes := map[string][]int64{}
	programs := coldstart.Many(linkedFunctions, true)[:2]
	for i, p := range programs {
		columns = append(columns, p.Name)
		total, parts, err := weigh(ctx, c, p)
		if err != nil {
			return "", err
		}
		for owner, n := range parts {
			total -= n
			if sizes[owner] == nil {
				sizes[owner] = make([]int64, len(programs))
			}
			sizes[owner][i] = n
		}
		if sizes[tables] == nil {
			sizes[tables] = make([]int64, len(programs))
		}
		sizes[tables][i] = total
	}
	var text strings.Builder
	fmt.Fprintf(&text, "| of %d functions | %s |\n|---|%s\n", linkedFunctions, strings.Join(columns, " | "), strings.Repeat("--:|", len(columns)))
	for _, o := range append(owners(), owner{name: tables}) {
		text.WriteString("| " + o.name)
		for i := range programs {
			n := int64(0)
			if of := sizes[o.name]; of != nil {
				n = of[i]
			}
			text.WriteString(" | " + exact(n))
		}
		text.WriteString(" |\n")
	}
	return text.String(), nil
}

// tables are what the linker writes about all functions and types.
const tables = "names, lines and types of all (pclntab, type data), and variables"

// owner has packages by the beginnings of their paths.
type owner struct {
	name     string
	packages []string
}

// owners list who the packages belong to; the first that fits counts, and the last takes all.
func owners() []owner {
	return []owner{
		{"the functions themselves", []string{"main."}},
		{"anygrain: fn and its hosts", []string{"github.com/anygrain/anygrain/fn", "github.com/anygrain/anygrain/internal/router", "github.com/anygrain/anygrain/internal/pattern"}},
		{"anygrain: binding, model, rules, config", []string{"github.com/anygrain/anygrain/"}},
		{"validator, and what it needs", []string{"github.com/go-playground/", "github.com/gabriel-vasile/", "github.com/leodido/", "golang.org/x/text/", "golang.org/x/crypto/", "regexp"}},
		{"JSON v2", []string{"github.com/go-json-experiment/"}},
		{"zerolog", []string{"github.com/rs/"}},
		{"aws-lambda-go", []string{"github.com/aws/aws-lambda-go/"}},
		{"the signer of calls", []string{"github.com/aws/"}},
		{"net/http, TLS and cryptography, which aws-lambda-go needs", []string{"net.", "net/", "crypto/", "vendor/", "encoding/asn1", "encoding/pem", "math/big", "compress/"}},
		{"the runtime and the rest of the standard library", []string{""}},
	}
}

// symbol is a line of go tool nm -size: address, size, type, name.
var symbol = regexp.MustCompile(`(?m)^ *[0-9a-f]+ +([0-9]+) ([TtRr]) (.*)$`)

// weigh returns the size of a stripped binary, and of its symbols by their owners.
func weigh(ctx context.Context, c *comparison, p coldstart.Program) (total int64, parts map[string]int64, err error) {
	stripped, err := p.Build(ctx, c.scratch)
	if err != nil {
		return 0, nil, err
	}
	dir, err := os.MkdirTemp(c.scratch, "symbols")
	if err != nil {
		return 0, nil, err
	}
	named, err := p.WithSymbols().Build(ctx, dir)
	if err != nil {
		return 0, nil, err
	}
	list, err := gotool.Output(ctx, "", "go", "tool", "nm", "-size", named.Path())
	if err != nil {
		return 0, nil, err
	}
	parts = map[string]int64{}
	for _, line := range symbol.FindAllStringSubmatch(list, -1) {
		size, err := strconv.ParseInt(line[1], 10, 64)
		if err != nil {
			return 0, nil, err
		}
		if name := line[3]; !ofLinker(name) {
			parts[ownerOf(name)] += size
		}
	}
	return stripped.Size, parts, nil
}

// ofLinker reports whether a symbol stands for a table of the linker.
func ofLinker(name string) bool {
	for _, table := range []string{"pclntab", "findfunctab", "types", "etypes", "rodata", "erodata", "gcbits", "typelink", "itablink", "symtab"} {
		if name == "runtime."+table {
			return true
		}
	}
	return false
}

func ownerOf(name string) string {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "type:.eq."), "type:.hash.")
	if strings.HasPrefix(name, "type:") || strings.HasPrefix(name, "go:") {
		return tables
	}
	for _, o := range owners() {
		for _, prefix := range o.packages {
			if strings.HasPrefix(name, prefix) {
				return o.name
			}
		}
	}
	return tables // not reached: the last owner takes all
}
