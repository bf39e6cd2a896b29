package remote

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/funcname"
)

// rules say where functions live, by the pattern of their names.
type rules map[string]rule

// rule is one rule of the setting.
type rule struct {
	text   string // as it stands in the setting
	target target
}

// parseRules reads the setting. The error has everything that is wrong with it.
func parseRules(setting string) (rules, error) {
	all := rules{}
	var problems []error
	for _, text := range funcname.Fields(setting) {
		name, to, ok := strings.Cut(text, "=")
		if !ok {
			problems = append(problems, fmt.Errorf("%q is no rule; one is PATTERN=TARGET, such as orders.*=lambda:shop-orders", withoutUser(text)))
			continue
		}
		if err := funcname.CheckSelector(name); err != nil {
			problems = append(problems, fmt.Errorf("%q: the pattern %w", withoutUser(text), err))
			continue
		}
		t, err := parseTarget(to)
		if err != nil {
			problems = append(problems, fmt.Errorf("%q: %w", withoutUser(text), err))
			continue
		}
		if before, twice := all[name]; twice {
			problems = append(problems, fmt.Errorf("%q: the pattern has a target already, in %q; remove one", text, before.text))
			continue
		}
		all[name] = rule{text, t}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("the callees (%s): %w", CalleesVariable, err)
	}
	return all, nil
}

// withoutUser hides what stands before the @ of a URL, which may be a secret.
func withoutUser(text string) string {
	i := strings.LastIndexByte(text, '@')
	if i < 0 {
		return text
	}
	if name, _, ok := strings.Cut(text[:i], "="); ok {
		return name + "=…" + text[i:]
	}
	return "…" + text[i:]
}

// find returns the most specific rule for the function.
func (all rules) find(function string) (rule, bool) {
	for _, name := range []string{function, funcname.WholeGroup(funcname.GroupOf(function)), funcname.All} {
		if r, ok := all[name]; ok {
			return r, true
		}
	}
	return rule{}, false
}

// String lists the patterns for a message.
func (all rules) String() string {
	texts := make([]string, 0, len(all))
	for _, r := range all {
		texts = append(texts, r.text)
	}
	slices.Sort(texts)
	return strings.Join(texts, " ")
}
