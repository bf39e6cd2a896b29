package repotest

import "testing"

// A small repository's rules: one of each kind.
var sampleRules = ImportRules{
	{Dir: "leaf", Tests: true, Other: []string{"example.org/json/..."}, Never: []string{"net/http/...", "testing/..."}, Why: "leaf is a leaf"},
	{Dir: "waist", Own: []string{"leaf", "side"}, Never: []string{"net/http/..."}, Why: "waist is thin"},
	{Dir: "side", Why: "side may use the standard library"},
	{Dir: "examples/...", Own: []string{"leaf", "waist", "examples/..."}, Why: "an example imports what users can"},
}

func TestImportRules(t *testing.T) {
	for name, c := range map[string]struct {
		tree string
		want []string
	}{
		"what the rule names is allowed": {
			tree: "-- leaf/a.go --\npackage leaf\nimport (\n\"io\"\n\"example.org/json/v2\"\n)\n",
		},
		"a package that does not exist needs no file": {},
		"the standard library is free but for what is never allowed": {
			tree: "-- leaf/a.go --\npackage leaf\nimport \"net/http/httptest\"\n",
			want: []string{"leaf/a.go:2: package leaf imports net/http/httptest. Its rule: leaf is a leaf. Move"},
		},
		"a longer name is another package": {
			tree: "-- leaf/a.go --\npackage leaf\nimport \"net/httpx\"\n-- leaf/b.go --\npackage leaf\nimport \"example.org/jsonx\"\n",
			want: []string{"leaf/b.go:2: package leaf imports example.org/jsonx"},
		},
		"a build tag hides nothing": {
			tree: "-- leaf/a.go --\n//go:build plan9\n\npackage leaf\nimport \"net/http\"\n",
			want: []string{"leaf/a.go:4: package leaf imports net/http"},
		},
		"an unknown module": {
			tree: "-- waist/a.go --\npackage waist\nimport \"github.com/x/y\"\n",
			want: []string{"package waist imports github.com/x/y. Its rule: waist is thin"},
		},
		"upwards": {
			tree: "-- leaf/a.go --\npackage leaf\nimport \"example.com/m/waist\"\n-- waist/a.go --\npackage waist\n",
			want: []string{"package leaf imports example.com/m/waist"},
		},
		"net/http reached over another package": {
			tree: "-- waist/a.go --\npackage waist\nimport \"example.com/m/side\"\n-- side/a.go --\npackage side\nimport \"net/http\"\n",
			want: []string{"side/a.go:2: package waist reaches net/http: waist → side → net/http. Its rule: waist is thin. Cut"},
		},
		"the tests of a leaf use the standard library and no sibling": {
			tree: "-- leaf/a_test.go --\npackage leaf_test\nimport (\n\"testing\"\n\"example.com/m/leaf\"\n\"example.com/m/waist\"\n)\n",
			want: []string{"leaf/a_test.go:5: package leaf imports example.com/m/waist"},
		},
		"other tests use any package but programs, and known modules only": {
			tree: "-- waist/a_test.go --\npackage waist_test\nimport (\n\"example.com/m/outer\"\n\"example.org/json\"\n\"example.com/m/examples/a\"\n\"github.com/stretchr/testify\"\n)\n",
			want: []string{"imports example.com/m/examples/a", "imports github.com/stretchr/testify"},
		},
		"examples import each other, and no package imports them": {
			tree: "-- examples/a/b/b.go --\npackage b\n-- examples/a/a.go --\npackage a\nimport _ \"example.com/m/examples/a/b\"\n-- waist/a.go --\npackage waist\nimport _ \"example.com/m/examples/a\"\n",
			want: []string{"waist/a.go:2: package waist imports example.com/m/examples/a"},
		},
		"a package without a rule": {
			tree: "-- stray/a.go --\npackage stray\n",
			want: []string{"stray: this package has no import rule; decide"},
		},
		"fixtures and hidden directories are not packages": {
			tree: "-- leaf/testdata/a.go --\npackage stray\n-- .cache/a.go --\npackage stray\n-- _old/a.go --\npackage stray\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, sampleRules.Check(load(t, tree(t, c.tree))), c.want)
		})
	}
}
