package binding_test

import (
	"encoding"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// readOnly has no MarshalText.
type readOnly struct{ s string }

func (r *readOnly) UnmarshalText(text []byte) error { r.s = string(text); return nil }

type problemCase struct {
	name string
	typ  reflect.Type
	want []string // beginnings of the problems
}

func problemsOf[T any](name string, want ...string) problemCase {
	return problemCase{name, reflect.TypeFor[T](), want}
}

// I is the name that the problems of an unnamed struct begin with.
func checkProblemCases(t *testing.T, cases []problemCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, problems := binding.CompileIn(c.typ)
			var got []string
			for _, p := range problems {
				got = append(got, strings.TrimPrefix(p.Error(), c.typ.String()))
			}
			if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
				t.Errorf("problems\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestProblemsOfTags(t *testing.T) {
	checkProblemCases(t, []problemCase{
		problemsOf[struct {
			A string `path:"a" query:"a"`
		}]("two places", ".A: has the tags path and query: a field comes from one place"),
		problemsOf[struct {
			A string `status:""`
		}]("status", ".A: has the tag status, which is for outputs"),
		problemsOf[struct {
			A string `path:""`
			B string `header:""`
			C string `form:""`
		}]("empty names, all at once", ".A: has an empty path tag", ".B: has an empty header tag", ".C: has an empty form tag"),
		problemsOf[struct {
			A string `query:"a,required"`
		}]("options", `.A: has query:"a,required", but the tag takes a name without options`),
		problemsOf[struct {
			A string `header:"X Y"`
			B string `cookie:"a=b"`
		}]("names that are no tokens", `.A: has header:"X Y", which is no valid name`, `.B: has cookie:"a=b", which is no valid name`),
		problemsOf[struct {
			A string `body:"a"`
		}]("name of a body", `.A: has body:"a", but body takes no name`),
		problemsOf[struct {
			a string `query:"a"`
			c string `default:"c"`
		}]("unexported", ".a: has a query tag but is not exported", ".c: has a default tag but is not exported"),
		{"unexported member", reflect.StructOf([]reflect.StructField{{Name: "b", PkgPath: "p", Type: reflect.TypeFor[int](), Tag: `json:"b"`}}),
			[]string{".b: has a json tag but is not exported"}},
		problemsOf[struct {
			A string `query:"a"`
			B string `query:"a"`
			C string `header:"x-a"`
			D string `header:"X-A"`
			E string `json:"F"`
			F string
		}]("one name twice", `.B: is bound to the query "a", and so is A`, `.D: is bound to the header "X-A", and so is C`, `.F: is the JSON member "F", and so is E`),
		problemsOf[struct {
			A string `query:"id"`
			B string `path:"id"`
		}]("one name twice in the direct form", `.B: is called "id" in the direct form`),
		problemsOf[struct {
			A string `query:"id"`
			B string `path:"id" json:"pathId"`
		}]("one name twice with another in the direct form"),
		problemsOf[struct {
			A string `json:"a,omitEmpty"` //lint:ignore SA5008 the mistake is what is tested
		}]("json option that is misspelled", ": the JSON package refuses it: Go struct field A has invalid appearance of `omitEmpty` tag option"),
		problemsOf[struct {
			A time.Time `json:"a,format:RFC1123"`
			B string    `query:"b"`
		}]("json format", ": the JSON package refuses it: Go struct field A has unsupported `format` tag option"),
		problemsOf[struct {
			A map[string]int `json:",embed"`
		}]("json embed", `.A: has json:",embed"`),
		problemsOf[struct {
			A string `query:"it's"`
		}]("name that JSON cannot have", `.A: has the name "it's" in JSON, which a json tag cannot say`),
	})
}

type embeddedPaging struct {
	Limit int `query:"limit"`
}

func TestProblemsOfTypes(t *testing.T) {
	checkProblemCases(t, []problemCase{
		problemsOf[struct {
			A map[string]string `query:"a"`
			B chan int          `header:"b"`
			C any               `path:"c"`
			D [][]string        `cookie:"d"`
			E *[]string         `form:"e"`
			F struct{ X int }   `query:"f"`
			G binding.File      `query:"g"`
		}]("types that are no text",
			".A: has the type map[string]string, which cannot be read from a query: use", ".B: has the type chan int, which cannot be read from a header: use",
			".C: has the type interface {}, which cannot be read from a path: use", ".D: has the type [][]string, which cannot be read from a cookie: use",
			".E: has the type *[]string, which cannot be read from a form: use", ".F: has the type struct { X int }, which cannot be read from a query: use",
			".G: has the type binding.File, which cannot be read from a query: use"),
		problemsOf[struct {
			A []string `path:"a"`
		}]("list in the path", ".A: is a slice, but a path has each wildcard once: declare it as string"),
		problemsOf[struct {
			A readOnly `query:"a"`
		}]("text that cannot be written", ".A: has the type binding_test.readOnly, which has UnmarshalText and no MarshalText"),
		problemsOf[struct {
			A func()               `json:"a"`
			B []chan int           `json:"b"`
			C map[struct{}]int     `json:"c"`
			D io.Reader            `json:"d"`
			E struct{ X chan int } `json:"e"`
			F func()               `json:"-"`
		}]("types that JSON has no form for", ".A: has the type func(), which JSON has no form for", ".B[]: has the type chan int, which", ".C: is a map with keys of type struct {}",
			".D: has the type io.Reader, an interface", ".E.X: has the type chan int, which"),
		problemsOf[struct{ *embeddedPaging }]("embedded pointer", ".embeddedPaging: is an embedded pointer"),
		problemsOf[struct {
			embeddedPaging `json:"-"`
		}]("excluded embedded struct", `.embeddedPaging: is an embedded struct with json:"-"`),
		problemsOf[struct {
			A string `query:"a"`
			time.Time
		}]("embedded struct with a JSON form", ".A: has a query tag, but"),
		problemsOf[*embeddedPaging]("pointer", ": is a pointer: declare the input as binding_test.embeddedPaging"),
		problemsOf[io.Reader]("interface", "Reader: is an interface that nothing can be read into"),
		problemsOf[encoding.TextUnmarshaler]("interface that reads itself", "TextUnmarshaler: is an interface that nothing can be read into"),
		problemsOf[chan int]("channel", ": has the type chan int, which JSON has no form for"),
	})
}

func TestProblemsOfBodies(t *testing.T) {
	checkProblemCases(t, []problemCase{
		problemsOf[struct {
			A string `body:""`
			B string `body:""`
		}]("two bodies", `.B: has body:"", and so has A`, `.B: is called "body" in the direct form`),
		problemsOf[struct {
			A string `body:""`
			B string
		}]("body and members", `.B: is a member of the JSON body, but A takes the whole body`),
		problemsOf[struct {
			A string `body:""`
			B string `form:"b"`
		}]("body and form", `.B: comes from a form, but A takes the whole body`),
		problemsOf[struct {
			A string `form:"a"`
			B string `json:"b"`
		}]("form and members", `.B: is a member of a JSON body, but A comes from a form, and a body is one or the other: tag it form:"b" too`),
		problemsOf[struct {
			A string `body:""`
			B string `query:"body"`
		}]("body and a member of that name", `.B: is called "body" in the direct form`),
	})
}

func TestProblemsOfDefaults(t *testing.T) {
	type inner struct {
		X int `json:"x" default:"1"`
	}
	checkProblemCases(t, []problemCase{
		problemsOf[struct {
			A int       `query:"a" default:"x"`
			B []int     `query:"b" default:"1,x"`
			C time.Time `json:"c" default:"now"`
			D uint8     `json:"d" default:"256"`
		}]("that do not parse", `.A: has the default "x", which must be an integer`, `.B: has the default "x", which must be an integer`,
			`.C: has the default "now", which must be a time`, `.D: has the default "256", which must be an integer between 0 and 255`),
		problemsOf[struct {
			A *int `query:"a" default:"1"`
			B *int `json:"b" default:"1"`
		}]("of pointers", ".A: has a default and is a pointer", ".B: has a default and is a pointer"),
		problemsOf[struct {
			A []inner        `json:"a"`
			B map[string]int `json:"b" default:"x"`
		}]("that are never applied", ".B: has a default and the type map[string]int", ".A[].X: has a default inside a value of the body"),
		problemsOf[struct {
			A inner `json:"-" default:"1"`
		}]("of excluded fields", `.A: has a default and json:"-"`),
		problemsOf[struct {
			A string `body:"" default:"1"`
		}]("of a body", ".A: has a default, but it takes the whole body"),
		problemsOf[struct {
			A []binding.File `form:"a" default:"1"`
		}]("of a file", ".A: has a default, but it takes an uploaded file"),
	})
}

func TestDefaults(t *testing.T) {
	type in struct {
		S string        `query:"s" default:"a,b"`
		L []string      `query:"l" default:"a,b"`
		E []int         `query:"e" default:""`
		T time.Time     `header:"t" default:"2026-01-02T00:00:00Z"`
		D time.Duration `cookie:"d" default:"1m"`
		V level         `query:"v" default:"high"`
		B []byte        `query:"b" default:"x"`
	}
	first, err := bind[in](t, fakeRequest{})
	wantTold(t, err)
	want := in{"a,b", []string{"a", "b"}, nil, time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), time.Minute, 9, []byte("x")}
	if !reflect.DeepEqual(first, want) {
		t.Errorf("bound %+v, want %+v", first, want)
	}
	first.L[0], first.B[0] = "changed", 'y'
	second, err := bind[in](t, fakeRequest{})
	wantTold(t, err)
	if !reflect.DeepEqual(second, want) {
		t.Errorf("a handler changed the default: %+v", second)
	}
}

func TestNothingToBind(t *testing.T) {
	codec := compileIn[struct{}](t)
	if fields := codec.Fields(); len(fields) != 0 {
		t.Errorf("fields %v", fields)
	}
	for _, data := range []string{"", "null", " {} "} {
		wantTold(t, codec.BindJSON(t.Context(), &struct{}{}, []byte(data), binding.Limits{}, nil))
	}
	_, err := bindDirect[struct{}](t, `{"a":1}`)
	wantTold(t, err, "malformed", "body.a unknown: is not known")
	_, err = bindDirect[struct{ hidden int }](t, `{}`)
	wantTold(t, err)
}

func TestTheRulesBehindAPointerAreNotChecked(t *testing.T) {
	type in struct {
		A string `json:"a" validate:"nosuchrule"`
	}
	codec, problems := binding.CompileIn(reflect.TypeFor[*in]())
	if problems = append(problems, codec.CheckRules(rules(t))...); len(problems) != 1 || !strings.Contains(problems[0].Message, "is a pointer") {
		t.Errorf("got %v, want that it is a pointer alone", problems)
	}
}
