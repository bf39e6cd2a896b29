package jsonname_test

import (
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding/internal/jsonname"
)

// FuzzFold holds Fold to what the JSON package takes for one name.
func FuzzFold(f *testing.F) {
	for _, name := range []string{"name", "NAME", "n-a_m-e", "Name ", "names", "", "-", "\u017fame", "K", "\u212a", "nÄme"} {
		f.Add(name)
	}
	type named struct {
		Name string `json:"name"`
		SK   string `json:"sk"`
	}
	f.Fuzz(func(t *testing.T, name string) {
		text, err := json.Marshal(map[string]string{name: "x"})
		if err != nil {
			return // no name of JSON
		}
		var got named
		if err := json.Unmarshal(text, &got, json.MatchCaseInsensitiveNames(true)); err != nil {
			t.Fatal(err)
		}
		if fold := jsonname.Fold(name); (fold == jsonname.Fold("name")) != (got.Name == "x") || (fold == jsonname.Fold("sk")) != (got.SK == "x") {
			t.Errorf("%q is folded to %q, and the JSON package read %+v", name, fold, got)
		}
	})
}
