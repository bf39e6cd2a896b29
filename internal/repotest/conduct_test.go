package repotest

import "testing"

func TestConduct(t *testing.T) {
	conduct := Conduct{
		Programs: []string{"cmd/..."},
		Bans: []Ban{
			{Calls: []string{"os.Getenv"}, In: []string{"config"}, Why: "Take it as a parameter"},
			{Calls: []string{"fmt.Print*"}, Why: "Return it"},
			{Calls: []string{"panic"}, Why: "Return an error"},
		},
		Exceptions: []Exception{{Dir: "lib", Func: "T.Must", Call: "panic", Why: "the short form"}},
	}
	const must = "-- lib/must.go --\npackage lib\ntype T[A any] struct{}\nfunc (t *T[A]) Must() { panic(1) }\n"
	for name, c := range map[string]struct {
		tree string
		want []string
	}{
		"an exception that is used":   {tree: must},
		"an exception without a need": {tree: "-- lib/a.go --\npackage lib\n", want: []string{"lib: the exception for panic in T.Must is not needed any more"}},
		"a panic elsewhere": {
			tree: must + "-- lib/a.go --\npackage lib\nfunc F() {\npanic(1)\n}\n",
			want: []string{"lib/a.go:3: F in lib uses panic. Return an error"},
		},
		"a declaration of that name is not the builtin": {
			tree: must + "-- lib/a.go --\npackage lib\nfunc F(panic func()) { panic() }\n",
		},
		"under another name": {
			tree: must + "-- lib/a.go --\npackage lib\nimport sys \"os\"\nvar home = sys.Getenv(\"HOME\")\n",
			want: []string{"lib/a.go:3: a declaration in lib uses os.Getenv. Take it as a parameter"},
		},
		"as a value": {
			tree: must + "-- lib/a.go --\npackage lib\nimport \"os\"\nfunc F() { g(os.Getenv) }\n",
			want: []string{"F in lib uses os.Getenv"},
		},
		"where it is allowed":      {tree: must + "-- config/a.go --\npackage config\nimport \"os\"\nvar home = os.Getenv(\"HOME\")\n"},
		"a family of calls":        {tree: must + "-- lib/a.go --\npackage lib\nimport \"fmt\"\nfunc F() { fmt.Println(fmt.Sprint(1)) }\n", want: []string{"uses fmt.Println. Return it"}},
		"programs and tests may":   {tree: must + "-- cmd/x/a.go --\npackage main\nfunc main() { panic(1) }\n-- lib/a_test.go --\npackage lib\nfunc f() { panic(1) }\n"},
		"an exported variable":     {tree: must + "-- lib/a.go --\npackage lib\nvar (\nErrGone error\nsmall int\nDefault int\n)\n", want: []string{"lib/a.go:5: Default is a variable"}},
		"a variable in a function": {tree: must + "-- lib/a.go --\npackage lib\nfunc F() { var X int; _ = X }\n"},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, conduct.Check(load(t, tree(t, c.tree))), c.want)
		})
	}
}
