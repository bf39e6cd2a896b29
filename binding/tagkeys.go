package binding

import (
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/tagkey"
)

// tagKeys are the keys of tags that are read of inputs and outputs.
var tagKeys = []string{
	string(Path), string(Query), string(Head), string(Cookie), string(Form), string(Body), string(Status),
	"json", "default", "validate", "doc",
}

// misplaced reports whether a field has a misspelt tag of a place.
func misplaced(sf gotype.Field) bool {
	return tagkey.Problem(sf.Tag, []string{string(Path), string(Query), string(Head), string(Cookie), string(Form), string(Body)}) != ""
}

// tagProblems say what is wrong with the tags of a field wherever it is.
func tagProblems(sf gotype.Field) (problems []string) {
	for _, problem := range []string{tagkey.Problem(sf.Tag, tagKeys), jsonTagProblem(sf)} {
		if problem != "" {
			problems = append(problems, problem)
		}
	}
	return problems
}
