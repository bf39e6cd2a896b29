package grain_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

// big describes 200 functions in 40 groups.
func big(t testing.TB) *fn.Description {
	t.Helper()
	var names []string
	for i := range 200 {
		names = append(names, fmt.Sprintf("group%d.function%d", i/5, i%5))
	}
	return describe(t, names...)
}

// find is what package remote does with a setting: the most specific rule, with
// its placeholders filled.
func find(setting, function string) string {
	group, own, _ := strings.Cut(function, ".")
	for _, pattern := range []string{function, group + ".*", "*"} {
		for _, rule := range strings.Fields(setting) {
			if target, ok := strings.CutPrefix(rule, pattern+"="); ok {
				return strings.NewReplacer("{group}", group, "{function}", own, "{name}", group+"-"+own).Replace(target)
			}
		}
	}
	return ""
}

// Lambda gives 4 KB to all variables of a function together (AWS Lambda quotas).
func TestTheCalleesOfALargeAppAreAShortSetting(t *testing.T) {
	tests := map[string]struct {
		partition func(d *fn.Description) grain.Partition
		want      string
	}{
		"functions": {grain.ByFunction, "*=lambda:shop-{name}"},
		"groups":    {grain.ByGroup, "*=lambda:shop-{group}"},
		"functions, but for one group": {func(d *fn.Description) grain.Partition {
			return append(grain.ByFunction(d)[5:], grain.Part{Name: "rest", Selectors: []string{"group0.*"}})
		}, "*=lambda:shop-{name} group0.*=lambda:shop-rest"},
		"groups, but for the functions of one": {func(d *fn.Description) grain.Partition {
			return append(grain.ByFunction(d)[:5], grain.ByGroup(d)[1:]...)
		}, "*=lambda:shop-{group} group0.*=lambda:shop-{name}"},
		"groups, but for one function": {func(d *fn.Description) grain.Partition {
			p := append(grain.ByGroup(d)[1:], grain.Part{Name: "hot", Selectors: []string{"group0.function3"}})
			return append(p, grain.Part{Name: "group0", Selectors: []string{"group0.function0", "group0.function1", "group0.function2", "group0.function4"}})
		}, "*=lambda:shop-{group} group0.function3=lambda:shop-hot"},
		"one group by itself": {func(d *fn.Description) grain.Partition {
			rest := grain.Part{Name: "rest"}
			for _, p := range grain.ByGroup(d)[1:] {
				rest.Selectors = append(rest.Selectors, p.Selectors...)
			}
			return grain.Partition{rest, {Name: "big", Selectors: []string{"group0.*"}}}
		}, "*=lambda:shop-rest group0.*=lambda:shop-big"},
	}
	d := big(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			units, err := grain.Cut(d, test.partition(d))
			if err != nil {
				t.Fatal(err)
			}
			if got := grain.Callees(d, units, "lambda:shop-"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// Names of units that have the name of the group or the function in them need few rules.
func TestNamesOfUnitsCanHavePlaceholders(t *testing.T) {
	tests := map[string]struct {
		unit func(group, own string) string
		want string
	}{
		"a name with the group's":        {func(group, _ string) string { return group + "-live" }, "*=lambda:shop-{group}-live"},
		"a name with the function's":     {func(group, own string) string { return "on-" + group + "-" + own }, "*=lambda:shop-on-{name}"},
		"a name with the function's own": {func(_, own string) string { return own }, "*=lambda:shop-{function}"},
	}
	d := big(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			units := unitsBy(d, test.unit)
			if got := grain.Callees(d, units, "lambda:shop-"); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// unitsBy puts every function into the unit of that name.
func unitsBy(d *fn.Description, name func(group, own string) string) []grain.Unit {
	var units []grain.Unit
	at := map[string]int{}
	for _, f := range d.Functions {
		group, own, _ := strings.Cut(f.Name(), ".")
		unit := name(group, own)
		if _, ok := at[unit]; !ok {
			at[unit] = len(units)
			units = append(units, grain.Unit{Name: unit})
		}
		u := &units[at[unit]]
		u.Functions = append(u.Functions, f)
	}
	return units
}

// BenchmarkCallees shows the time, and the bytes of the setting, for the grains of
// apps of 200 functions and for one of 400 in one group with a name for each unit.
func BenchmarkCallees(b *testing.B) {
	large := big(b)
	var names []string
	for i := range 400 {
		names = append(names, fmt.Sprintf("group.function%d", i))
	}
	one := describe(b, names...)
	tests := []struct {
		name string
		app  *fn.Description
		unit func(group, own string) string
	}{
		{"app", large, func(_, _ string) string { return "shop" }},
		{"group", large, func(group, _ string) string { return group }},
		{"function", large, func(group, own string) string { return group + "-" + own }},
		{"40 units of names that fit", large, func(group, _ string) string { return group + "-unit" }},
		{"40 units of other names", large, func(group, _ string) string { return "unit" + strings.TrimPrefix(group, "group") }},
		{"40 units across the groups", large, func(group, own string) string {
			return "unit" + strings.TrimPrefix(group, "group")[:1] + strings.TrimPrefix(own, "function")
		}},
		{"400 units in one group", one, func(_, own string) string { return "x" + strings.TrimPrefix(own, "function") }},
	}
	for _, test := range tests {
		b.Run(test.name, func(b *testing.B) {
			units := unitsBy(test.app, test.unit)
			var setting string
			for b.Loop() {
				setting = grain.Callees(test.app, units, "lambda:shop-")
			}
			b.ReportMetric(float64(len(setting)), "bytes")
		})
	}
}

// Whatever the cut, every function is found where it is, and the setting is not
// longer than a rule for each.
func TestCalleesFindEveryFunction(t *testing.T) {
	d := big(t)
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 0))
		units := randomUnits(random, d)
		setting := grain.Callees(d, units, "lambda:")
		for _, u := range units {
			for _, f := range u.Functions {
				if got := find(setting, f.Name()); got != "lambda:"+u.Name {
					t.Fatalf("seed %d: %s is in %s, the setting says %q:\n%s", seed, f.Name(), u.Name, got, setting)
				}
			}
		}
		if rules := len(strings.Fields(setting)); rules > len(d.Functions)+1 {
			t.Errorf("seed %d: %d rules", seed, rules)
		}
	}
}

// No setting of the same kind has fewer rules: all are tried.
func TestCalleesAreTheFewestRules(t *testing.T) {
	var names []string
	for i := range 12 {
		names = append(names, fmt.Sprintf("group%d.function%d", i/3, i%3))
	}
	d := describe(t, names...)
	for seed := range uint64(100) {
		units := randomUnits(rand.New(rand.NewPCG(seed, 1)), d)
		home := map[string]string{}
		targets := []string{"{group}", "{name}"}
		for _, u := range units {
			targets = append(targets, u.Name)
			for _, f := range u.Functions {
				home[f.Name()] = u.Name
			}
		}
		setting := grain.Callees(d, units, "")
		if got, want := len(strings.Fields(setting)), fewest(names, home, targets); got > want {
			t.Errorf("seed %d: %d rules, %d would do: %s", seed, got, want, setting)
		}
	}
}

// fewest counts the rules of the best setting.
func fewest(names []string, home map[string]string, targets []string) int {
	best := len(names) + 1
	for _, everything := range targets {
		rules := 1
		for i := 0; i < len(names); i += 3 {
			least := wrong(names[i:i+3], home, everything)
			for _, to := range targets {
				least = min(least, 1+wrong(names[i:i+3], home, to))
			}
			rules += least
		}
		best = min(best, rules)
	}
	return best
}

// wrong counts the functions that are not there.
func wrong(names []string, home map[string]string, to string) int {
	n := 0
	for _, name := range names {
		if find("*="+to, name) != home[name] {
			n++
		}
	}
	return n
}

// randomUnits puts some functions by themselves, some with their group, and the
// others into a few units.
func randomUnits(random *rand.Rand, d *fn.Description) []grain.Unit {
	names := []string{"a", "b", "c"}
	members := map[string][]fn.Function{}
	mix := random.IntN(4)
	for _, f := range d.Functions {
		name := names[random.IntN(3)]
		switch random.IntN(4) {
		case mix:
			name = strings.Replace(f.Name(), ".", "-", 1)
		case 3 - mix:
			name = f.Group()
		}
		if _, ok := members[name]; !ok {
			names = append(names, name)
		}
		members[name] = append(members[name], f)
	}
	var units []grain.Unit
	for _, name := range names {
		if len(members[name]) > 0 {
			units = append(units, grain.Unit{Name: name, Functions: members[name]})
			delete(members, name)
		}
	}
	return units
}
