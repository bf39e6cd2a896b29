package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// part is a part of the comparison. It returns its tables as Markdown.
type part struct {
	name  string
	run   func(ctx context.Context, c *comparison) (string, error)
	basis func(settings) string // what the numbers are medians of, "" for none
}

func parts() []part {
	return []part{
		{"http", overHTTP, inRounds},
		{"routes", manyRoutes, inRounds},
		{"lambda", onLambda, inRounds},
		{"calls", calls, inRounds},
		{"steady", steadyState, nothing},
		{"cold", coldStarts, inStarts},
		{"starts", startsOfMany, inStarts},
		{"runtime", throughRuntime, inRounds},
		{"sizes", sizes, nothing},
		{"linked", linked, nothing},
		{"macro", macro, underLoad},
	}
}

func inRounds(s settings) string {
	return fmt.Sprintf("; medians of %d rounds of %v", s.rounds, s.benchtime)
}

func inStarts(s settings) string { return fmt.Sprintf("; medians of %d starts", s.starts) }

func underLoad(s settings) string {
	return fmt.Sprintf("; medians of %d rounds of %v", s.rounds, s.duration)
}

func nothing(settings) string { return "" }

// errNotRun is why a part was left out.
var errNotRun = errors.New("not run")

func partNames() string {
	var names []string
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return strings.Join(names, ", ")
}

// choose finds the parts of a list such as "http,cold"; "" means all.
func choose(list string) ([]part, error) {
	if list == "" {
		return parts(), nil
	}
	var chosen []part
	for name := range strings.SplitSeq(list, ",") {
		i := slices.IndexFunc(parts(), func(p part) bool { return p.name == strings.TrimSpace(name) })
		if i < 0 {
			return nil, fmt.Errorf("there is no part %q; there are %s", name, partNames())
		}
		chosen = append(chosen, parts()[i])
	}
	return chosen, nil
}

// takeTurns does something for all n times, in another order each time.
func takeTurns[T any](n int, all []T, do func(T) error) error {
	all = slices.Clone(all)
	for range n {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, one := range all {
			if err := do(one); err != nil {
				return err
			}
		}
	}
	return nil
}
