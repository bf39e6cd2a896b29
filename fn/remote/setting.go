package remote

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// rules say where functions live, by the pattern of their names.
type rules map[string]rule

// rule is one rule of the setting.
type rule struct {
	text   string // as it stands in the setting
	target target
}

var pattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\*|[a-z][a-z0-9_]*\.(\*|[a-zA-Z][a-zA-Z0-9_-]*))$`)
})

// parseRules reads the setting. The error has everything that is wrong with it.
func parseRules(setting string) (rules, error) {
	all := rules{}
	var problems []error
	for _, text := range strings.FieldsFunc(setting, separates) {
		name, to, ok := strings.Cut(text, "=")
		switch {
		case !ok:
			problems = append(problems, fmt.Errorf("%q is no rule; one is PATTERN=TARGET, such as orders.*=lambda:shop-orders", withoutUser(text)))
			continue
		case !pattern().MatchString(name):
			problems = append(problems, fmt.Errorf("%q: the pattern %q is none of orders.get, orders.* and *", withoutUser(text), name))
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

func separates(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\r' || r == '\t' }

// find returns the most specific rule for the function.
func (all rules) find(function string) (rule, bool) {
	group, _, _ := strings.Cut(function, ".")
	for _, name := range []string{function, group + ".*", "*"} {
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
