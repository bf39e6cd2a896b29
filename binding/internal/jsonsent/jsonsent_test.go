package jsonsent_test

import (
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding/internal/jsonsent"
)

// path reads a.b[0] as steps.
func path(text string) (steps []jsonsent.Step) {
	for one := range strings.FieldsFuncSeq(strings.ReplaceAll(text, "[", ".["), func(c rune) bool { return c == '.' || c == ']' }) {
		name, element := strings.CutPrefix(one, "[")
		steps = append(steps, jsonsent.Step{Name: name, Element: element})
	}
	return steps
}

func TestWhatWasSent(t *testing.T) {
	const text = `{"a": {"b": null, "c": 0, "d": [{"e": ""}, {}, null]}, "Some_Name": false, "m": {"k": 0}}`
	for at, absent := range map[string]bool{
		"a": false, "a.b": true, "a.c": false, "a.d": false, "b": true, "a.x": true, "a.x.y": true, "a.b.c": true,
		"a.d[0].e": false, "a.d[1].e": true, "a.d[2]": true, "a.d[2].e": true, "some-name": true, "m[k]": false,
		"m[other]": false, // a key may be written in another way; its value was sent
	} {
		for _, others := range []string{"", "a.c a.d[1].e m[k]", "zzz a.b"} {
			paths := []jsonsent.Path{{Of: 7, Steps: path(at)}}
			for _, other := range strings.Fields(others) {
				paths = append(paths, jsonsent.Path{Steps: path(other)})
			}
			if got := jsonsent.Look([]byte(text), paths, false).Absent(paths[0].Steps); got != absent {
				t.Errorf("%s, looked for with %q, is absent: %t", at, others, got)
			}
		}
	}
}

func TestNamesThatAreReadLoosely(t *testing.T) {
	paths := []jsonsent.Path{{Steps: path("some-name")}, {Steps: path("twice")}}
	sent := jsonsent.Look([]byte(`{"SomeName": 0, "TWICE": 1, "twice": null}`), paths, true)
	if sent.Absent(paths[0].Steps) || !sent.Absent(paths[1].Steps) {
		t.Error("a name in another case is not found, or of two the first counts")
	}
}
