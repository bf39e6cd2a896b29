package repotest

import (
	"fmt"
	"strings"
)

// CheckModules returns the direct requirements of the go.mod text that have no
// row in the text of docs/dependencies.md, and the forbidden modules that are
// required at all.
func CheckModules(gomod, table string, forbidden []string) []Problem {
	var problems []Problem
	for _, line := range strings.Split(gomod, "\n") {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) < 2 || !strings.Contains(fields[0], ".") || !strings.HasPrefix(fields[1], "v") {
			continue
		}
		name, indirect := fields[0], strings.HasSuffix(line, "// indirect")
		if matches(name, forbidden) {
			problems = append(problems, Problem{"go.mod", fmt.Sprintf("requires %s, which every importer would carry; write the test with the standard library", name)})
		}
		if !indirect && !strings.Contains(table, "`"+name+"`") {
			problems = append(problems, Problem{"go.mod", fmt.Sprintf("requires %s, which has no row in docs/dependencies.md; write down what for, what it costs and what else was weighed", name)})
		}
	}
	return problems
}
