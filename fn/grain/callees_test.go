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
func big(t *testing.T) *fn.Description {
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
				return strings.NewReplacer("{group}", group, "{name}", group+"-"+own).Replace(target)
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
