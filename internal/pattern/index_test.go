package pattern_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/anygrain/anygrain/internal/pattern"
)

// What the index leaves out must be nothing that conflicts: it is held against each pair.
func TestIndexFindsAllThatConflicts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	conflicts := 0
	for range 400 {
		var index pattern.Index
		var all []*pattern.Pattern
		for range 40 {
			p, err := pattern.Parse(somePattern(r))
			if err != nil {
				continue
			}
			meeting := index.Meeting(p)
			for i, q := range all {
				if _, conflict := p.Conflicts(q); conflict {
					conflicts++
					if !slices.Contains(meeting, i) {
						t.Fatalf("%s conflicts with %s, which is not among those that it may meet", p, q)
					}
				}
			}
			if !slices.IsSorted(meeting) || len(slices.Compact(slices.Clone(meeting))) != len(meeting) {
				t.Fatalf("%s meets %v: not in order, or one of them twice", p, meeting)
			}
			index.Add(p)
			all = append(all, p)
		}
	}
	if conflicts < 1000 {
		t.Errorf("only %d of the generated pairs conflict: the test has become weak", conflicts)
	}
}

// The routes of an app differ in a literal, as a rule: then nothing has to be compared.
func TestIndexComparesNothingThatDiffersInALiteral(t *testing.T) {
	var index pattern.Index
	for i := range 300 {
		p, err := pattern.Parse(fmt.Sprintf("GET /service%d/things/{id}", i))
		if err != nil {
			t.Fatal(err)
		}
		if meeting := index.Meeting(p); len(meeting) > 0 {
			t.Fatalf("%s is held against %v", p, meeting)
		}
		index.Add(p)
	}
}
