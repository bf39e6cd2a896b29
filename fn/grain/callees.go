package grain

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/funcname"
)

// Callees is the setting that tells every unit where the functions of the others
// are, in the form of package remote: one rule for everything, and rules for the
// groups and functions that are elsewhere. It has the fewest rules that say it, as
// the 4 KB that Lambda gives to all variables have to do. Target is what stands
// in front of a unit's name: "lambda:shop-".
func Callees(d *fn.Description, units []Unit, target string) string {
	s := newSetting(d.Functions, units, target)
	if len(units) == 1 {
		return s.text([]rule{{"*", units[0].Name}})
	}
	best, least := "", cost{}
	for _, to := range s.targets {
		if c := s.cost(to); best == "" || c.less(least) {
			best, least = to, c
		}
	}
	return s.text(s.rules(best))
}

// rule says that what the pattern matches is in a unit, whose name may have placeholders.
type rule struct{ pattern, unit string }

// setting counts, so that rules can be compared without being made.
type setting struct {
	target  string // in front of all
	groups  []*members
	targets []string // that everything could be said to be in, the plainest first
}

// members are the functions of a group.
type members struct {
	name  string
	homes []home
	all   cost            // of a rule for each function
	saved map[string]cost // of that, by the target under which functions need none
	order []string        // those targets, the plainest first

	cheapest [2]groupRule
}

// groupRule is a rule for a group, and what that costs with its exceptions.
type groupRule struct {
	to string
	cost
}

// home is where a function is.
type home struct{ function, unit string }

// cost is how many rules there are, and how many bytes.
type cost struct{ rules, bytes int }

func (c cost) plus(other cost) cost { return cost{c.rules + other.rules, c.bytes + other.bytes} }

func (c cost) minus(other cost) cost { return cost{c.rules - other.rules, c.bytes - other.bytes} }

func (c cost) less(other cost) bool {
	return c.rules < other.rules || c.rules == other.rules && c.bytes < other.bytes
}

func newSetting(functions []fn.Function, units []Unit, target string) *setting {
	s := &setting{target: target, targets: []string{"{group}", "{name}"}}
	for _, u := range units {
		s.targets = append(s.targets, u.Name)
	}
	byName, unit := map[string]*members{}, homes(units)
	for _, f := range functions {
		m := byName[f.Group()]
		if m == nil {
			m = &members{name: f.Group(), saved: map[string]cost{}}
			byName[f.Group()] = m
			s.groups = append(s.groups, m)
		}
		m.add(home{f.Name(), unit[f.Name()]}, s.costOf)
	}
	for _, m := range s.groups {
		s.rank(m)
		s.targets = append(s.targets, m.order...)
	}
	s.targets = distinct(s.targets)
	return s
}

// distinct keeps the first of each.
func distinct(texts []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(texts, func(text string) bool {
		before := seen[text]
		seen[text] = true
		return before
	})
}

// add counts a function for every target that is right for it.
func (m *members) add(h home, costOf func(rule) cost) {
	m.homes = append(m.homes, h)
	own := costOf(rule{h.function, h.unit})
	m.all = m.all.plus(own)
	for _, to := range h.targets() {
		if m.saved[to].rules == 0 {
			m.order = append(m.order, to)
		}
		m.saved[to] = m.saved[to].plus(own)
	}
}

// targets lists what leads to the function's unit: its name, and that with a
// placeholder for a part.
func (h home) targets() []string {
	targets := []string{h.unit}
	for _, p := range funcname.Placeholders(h.function) {
		if before, after, ok := strings.Cut(h.unit, p.Value); ok {
			targets = append(targets, before+p.Text+after)
		}
	}
	return targets
}

// cost is that of all rules with this one for everything.
func (s *setting) cost(everything string) cost {
	total := s.costOf(rule{"*", everything})
	for _, m := range s.groups {
		c, _ := s.best(m, everything)
		total = total.plus(c)
	}
	return total
}

// rules has one rule for everything, and what else that needs.
func (s *setting) rules(everything string) []rule {
	rules := []rule{{funcname.All, everything}}
	for _, m := range s.groups {
		to := everything
		if _, group := s.best(m, everything); group != "" {
			to = group
			rules = append(rules, rule{funcname.WholeGroup(m.name), group})
		}
		for _, h := range m.homes {
			if !slices.Contains(h.targets(), to) {
				rules = append(rules, rule{h.function, h.unit})
			}
		}
	}
	return rules
}

// best says what a group needs beside the rule for everything: rules for some of its
// functions, or one for the group and rules for the others.
func (s *setting) best(m *members, everything string) (c cost, group string) {
	names := m.all.minus(m.saved[everything])
	if names.rules == 0 {
		return names, ""
	}
	with := m.cheapest[0]
	if with.to == everything {
		with = m.cheapest[1]
	}
	if with.to == "" || with.rules > names.rules || with.rules == names.rules && with.rules > 1 { // names are plainer than a rule with exceptions
		return names, ""
	}
	return with.cost, with.to
}

// rank finds the cheapest two rules for the group: one of them may be the rule for
// everything.
func (s *setting) rank(m *members) {
	for _, to := range m.order {
		c := groupRule{to, m.all.minus(m.saved[to]).plus(s.costOf(rule{funcname.WholeGroup(m.name), to}))}
		switch {
		case m.cheapest[0].to == "" || c.less(m.cheapest[0].cost):
			m.cheapest = [2]groupRule{c, m.cheapest[0]}
		case m.cheapest[1].to == "" || c.less(m.cheapest[1].cost):
			m.cheapest[1] = c
		}
	}
}

// costOf is the cost of one rule, with a space.
func (s *setting) costOf(r rule) cost {
	return cost{1, len(r.pattern) + len("=") + len(s.target) + len(r.unit) + len(" ")}
}

func (s *setting) text(rules []rule) string {
	texts := make([]string, len(rules))
	for i, r := range rules {
		texts[i] = r.pattern + "=" + s.target + r.unit
	}
	return strings.Join(texts, " ")
}

// homes returns the unit's name of every function.
func homes(units []Unit) map[string]string {
	home := map[string]string{}
	for _, u := range units {
		for _, f := range u.Functions {
			home[f.Name()] = u.Name
		}
	}
	return home
}
