package model

import (
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/tagkey"
)

// tagKeys are the keys of tags that are read of inputs and outputs.
var tagKeys = append(placeKeys(allPlaces), "json", "default", "validate", "doc")

// placeTags are the keys of the tags that place a field of an In.
var placeTags = placeKeys(inputPlaces)

func placeKeys(places []Place) (keys []string) {
	for _, place := range places {
		keys = append(keys, string(place))
	}
	return keys
}

// misplaced reports whether a field has a misspelt tag of a place.
func misplaced(sf gotype.Field) bool { return tagkey.Problem(sf.Tag, placeTags) != "" }

// tagProblems say what is wrong with the tags of a field wherever it is.
func tagProblems(sf gotype.Field) (problems []string) {
	for _, problem := range []string{tagkey.Problem(sf.Tag, tagKeys), jsonTagProblem(sf)} {
		if problem != "" {
			problems = append(problems, problem)
		}
	}
	return problems
}
