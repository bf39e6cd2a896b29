package grain

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/funcname"
)

// Partition says how an app is cut, a part for each unit.
type Partition []Part

// Part is one unit to be: its name, and what is in it.
type Part struct {
	Name      string   // letters, digits, hyphens and underscores: a part of the name of a Lambda function
	Selectors []string // as of fn.Select: orders.get, orders.* or *
	Line      int      // in the text that it was read from, 0 elsewhere
}

// Whole is the grain app: one unit with everything, of the app's name.
func Whole(d *fn.Description) Partition {
	return Partition{{Name: d.App, Selectors: []string{funcname.All}}}
}

// ByGroup is the grain group: a unit for each group, of the group's name.
func ByGroup(d *fn.Description) Partition {
	var p Partition
	seen := map[string]bool{}
	for _, f := range d.Functions {
		if !seen[f.Group()] {
			seen[f.Group()] = true
			p = append(p, Part{Name: f.Group(), Selectors: []string{funcname.WholeGroup(f.Group())}})
		}
	}
	return p
}

// ByFunction is the grain function: a unit for each function, with the dot of
// its name as a hyphen.
func ByFunction(d *fn.Description) Partition {
	var p Partition
	for _, f := range d.Functions {
		p = append(p, Part{Name: strings.Replace(f.Name(), ".", "-", 1), Selectors: []string{f.Name()}})
	}
	return p
}

var unitName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_-]{0,63}$`)

// Parse reads a partition. The error has everything that is wrong with the text,
// each with its line.
func Parse(text string) (Partition, error) {
	var p Partition
	var problems []error
	lines := map[string]int{}
	text = strings.TrimPrefix(text, "\ufeff") // some editors write it
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		part, wrong := parsePart(line)
		part.Line = i + 1
		if before := lines[part.Name]; before > 0 && part.Name != "" {
			wrong = append(wrong, fmt.Errorf("the unit %q is there already, in line %d; put its functions there, or choose another name", part.Name, before))
		}
		for _, err := range wrong {
			problems = append(problems, fmt.Errorf("line %d: %w", i+1, err))
		}
		lines[part.Name] = i + 1
		p = append(p, part)
	}
	if len(p) == 0 && len(problems) == 0 {
		problems = append(problems, errors.New("there is no unit; one is a line such as \"orders: orders.*\""))
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return p, nil
}

// parsePart reads one line, and says everything that is wrong with it.
func parsePart(line string) (Part, []error) {
	name, rest, ok := strings.Cut(line, ":")
	if !ok {
		return Part{}, []error{fmt.Errorf("%q has no colon; a unit is NAME: SELECTORS, such as \"orders: orders.*\"", strings.TrimSpace(line))}
	}
	part := Part{Name: strings.TrimSpace(name), Selectors: funcname.Fields(rest)}
	var problems []error
	if !unitName.MatchString(part.Name) {
		problems = append(problems, fmt.Errorf("%q is no name for a unit: want at most 64 letters, digits, hyphens and underscores, a letter first", part.Name))
	}
	if len(part.Selectors) == 0 {
		problems = append(problems, fmt.Errorf("the unit %q has no functions; name them behind the colon, such as orders.*", part.Name))
	}
	for _, s := range part.Selectors {
		if err := funcname.CheckSelector(s); err != nil {
			problems = append(problems, err)
		}
	}
	return part, problems
}

// matches reports whether the part's selectors match the function.
func (p Part) matches(function string) bool {
	for _, s := range p.Selectors {
		if funcname.Selects(s, function) {
			return true
		}
	}
	return false
}
