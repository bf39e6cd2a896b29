package model_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/model"
)

type (
	Author   struct{ Name string }
	Editor   struct{ Name string }
	Reviewer struct {
		Who string `json:"Name"`
	}
	Deeper struct{ Author }
	Loop   struct {
		*Loop
		Name string
	}
)

// Of two fields of one name in a value of the body JSON has none: nothing could set them, and a rule such as
// required on one would refuse every request.
func TestFieldsThatHideEachOther(t *testing.T) {
	const problem = `.A.Editor.Name: is called "Name" in JSON, and so is A.Author.Name, embedded as deeply`
	for typ, want := range map[reflect.Type]string{
		reflect.TypeFor[struct {
			A struct {
				Author
				Editor
			} `json:"a"`
		}](): problem,
		reflect.TypeFor[struct {
			A struct {
				Author
				Reviewer
			} `json:"a"`
		}](): "",
		reflect.TypeFor[struct {
			A struct {
				Author
				Editor
				Name string
			} `json:"a"`
		}](): "",
		reflect.TypeFor[struct {
			A struct {
				Deeper
				Editor
			} `json:"a"`
		}](): "",
		reflect.TypeFor[struct {
			A struct {
				Author `json:"author"`
				Editor
			} `json:"a"`
		}](): "",
		reflect.TypeFor[struct{ A Loop }](): "",
	} {
		_, problems := model.Input(typ)
		var texts []string
		for _, p := range problems {
			texts = append(texts, p.Error())
		}
		if got := strings.Join(texts, "\n"); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", typ, got, want)
		}
	}
}
