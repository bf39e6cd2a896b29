package repotest

import "testing"

func TestNoFileNamesAMachine(t *testing.T) {
	problems, err := CheckWords(root)
	if err != nil {
		t.Fatal(err)
	}
	report(t, problems)
}

func TestCheckWords(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"within a URL":         {text: "see https://example.com/" + "work/a and a/" + "root/b and ./" + "work/c"},
		"a route":              {text: "GET /orders/{id}/" + "work/x"},
		"at the start":         {text: "fine\n/" + "work/main/a.go", want: []string{"a.txt:2: names a path of one machine (/" + "work/…)"}},
		"in quotes":            {text: `open("/` + `root/go")`, want: []string{"a.txt:1"}},
		"somebody's directory": {text: "cd=/" + "home/ana/src", want: []string{"a.txt:1"}},
		"bytes are not words":  {text: "\x00 /" + "work/a"},
	} {
		t.Run(name, func(t *testing.T) {
			problems, err := CheckWords(tree(t, "-- a.txt --\n"+c.text))
			if err != nil {
				t.Fatal(err)
			}
			same(t, problems, c.want)
		})
	}
}
