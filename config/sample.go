package config

import (
	"context"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/internal/rules"
)

// Samples makes up a value for each of the variables, which Describe or DescribeAll returned: one
// that can be read, differs from the default and breaks no rule, as far as one is found. They are
// for describing what a program does with values that it does not have. A variable that names a
// file has none.
func Samples(ctx context.Context, variables []Variable) Map {
	samples := Map{}
	for _, v := range variables {
		if v.read == nil || v.read.has("file") {
			continue
		}
		if text, ok := v.read.sample(ctx); ok {
			samples[v.Name] = text
		}
	}
	return samples
}

// sample returns the first candidate that suits, else the first that can be read.
func (v *variable) sample(ctx context.Context) (text string, ok bool) {
	config := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "Value", Type: v.typ, Tag: v.tag}}))
	keepsRules := v.ruleKeeper(ctx, config)
	for _, candidate := range v.candidates() {
		config.Elem().SetZero()
		if candidate == v.preset || v.read(config.Elem().Field(0), candidate) != nil {
			continue
		}
		if keepsRules() {
			return candidate, true
		}
		if !ok {
			text, ok = candidate, true
		}
	}
	return text, ok
}

// ruleKeeper returns what says whether the config keeps its rules. Rules that this package does not
// know, or that name other fields, are taken as kept.
func (v *variable) ruleKeeper(ctx context.Context, config reflect.Value) func() bool {
	set, err := rules.New()
	if v.rules() == "" || err != nil || len(set.Check(config.Type().Elem())) > 0 {
		return func() bool { return true }
	}
	return func() bool { return len(set.Struct(ctx, config.Interface())) == 0 }
}

var ruleNumber = regexp.MustCompile(`=([0-9]+)`)

// candidates are texts that may be values: what the rules name, then what there is of common forms.
func (v *variable) candidates() []string {
	var all []string
	for rule := range strings.SplitSeq(v.rules(), ",") {
		if values, ok := strings.CutPrefix(rule, "oneof="); ok {
			named := strings.Fields(values)
			slices.Reverse(named)
			all = append(all, named...)
		}
	}
	all = append(all, forms...)
	for _, found := range ruleNumber.FindAllStringSubmatch(v.rules(), -1) {
		all = append(all, found[1])
		if n, err := strconv.Atoi(found[1]); err == nil && n <= 1<<12 {
			all = append(all, strings.Repeat("s", n), strings.Repeat("7", n))
		}
	}
	return all
}

// forms are values of the forms that configs have, the plain ones first.
var forms = []string{
	"sample", "7", "true", "1s", "sample: sample", "https://sample.example/path", "2026-01-02T15:04:05Z", "Europe/Paris",
	"1", "2", "50", "100", "1000", "8080", "0.5", "-1", "1m", "1h", "10ms", "EUR", "SAMPLE", "sample-0123456789-0123456789-0123456789",
	"sample@sample.example", "sample.example", "sample.example:8080", "/sample", "192.0.2.1", "2001:db8::1", "192.0.2.0/24",
	"6ba7b810-9dad-41d1-80b4-00c04fd430c8", "2026-01-02", "{}", "c2FtcGxl", "0123456789abcdef", "+12125552368", "de-DE", "#0a0b0c", "1.2.3",
	"0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
}
