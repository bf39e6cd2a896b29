package binding_test

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

type outSelf struct {
	//lint:ignore U1000 a type may embed itself
	*outSelf
	Name string `json:"name"`
}

type outOwnForm struct {
	ID string `header:"X-Id"`
}

func (outOwnForm) MarshalJSON() ([]byte, error) { return []byte("1"), nil }

type outDeep struct {
	Items []struct {
		Wait map[string]func() `json:"wait"`
	} `json:"items"`
}

// outMany has everything wrong that a field can have.
type outMany struct {
	A int      `status:""`
	B int      `status:""`
	C string   `body:""`
	D []byte   `body:""`
	E string   `json:"e"`
	F string   `query:"q"`
	G chan int `header:"X-G"`
	H string   `header:"X H"`
	//lint:ignore U1000 it is there to be refused
	i string     `header:"X-I"`
	J int        `cookie:"j"`
	K string     `cookie:"k" header:"X-K"`
	L string     `status:"201"`
	M string     `body:"text"`
	N string     `header:"Content-Length"`
	O []string   `header:"Content-Type"`
	P string     `header:"x-p"`
	Q string     `header:"X-P"`
	R string     `path:"id"`
	S string     `cookie:"a b"`
	T func()     `header:"X-T"`
	U any        `header:"X-U"`
	V [][]string `header:"X-V"`
}

func TestCompileOutProblemsAtOnce(t *testing.T) {
	checkProblems(t, reflect.TypeFor[outMany](),
		"outMany.B: is a second status, after A",
		"outMany.D: is a second body, after C",
		"outMany.E: is a member of a JSON body, but M is the whole body",
		"outMany.F: has the tag query, which is for inputs",
		"outMany.G: is a chan int, which is no value of a header",
		`outMany.H: has the tag header:"X H", which is no name of a header`,
		"outMany.i: has the tag header but is not exported",
		"outMany.J: is a int, which is no cookie",
		"outMany.K: has the tags header and cookie",
		`outMany.L: has the tag status:"201": write status:""`,
		`outMany.M: has the tag body:"text": write body:""`,
		"outMany.N: sets the header Content-Length, which belongs to the host",
		"outMany.O: is a []string and bound to Content-Type: want a string",
		"outMany.Q: is bound to the header X-P, as is P",
		"outMany.R: has the tag path, which is for inputs",
		`outMany.S: has the tag cookie:"a b", which is no name of a cookie`,
		"outMany.T: is a func(), which is no value of a header",
		"outMany.U: is a interface {}, which is no value of a header",
		"outMany.V: is a [][]string, which is no value of a header",
	)
}

func TestCompileOutProblems(t *testing.T) {
	tests := []struct {
		name string
		typ  reflect.Type
		want string
	}{
		{"channel", reflect.TypeFor[chan int](), "chan int: is a chan int: JSON has no form for it"},
		{"function in a map", reflect.TypeFor[map[string]func()](), "[key]: is a func()"},
		{"function deep inside", reflect.TypeFor[outDeep](), "outDeep.Items[].Wait[key]: is a func(): JSON has no form for it"},
		{"key of a map", reflect.TypeFor[map[struct{ A int }]int](), "it is the key of a map"},
		{"tagged beside an own JSON form", reflect.TypeFor[outOwnForm](), "outOwnForm.ID: is bound to the header, but the type is an io.Reader or has a JSON"},
		{"tagged reader", reflect.TypeFor[struct {
			io.Reader
			ID string `header:"X-Id"`
		}](), "ID: is bound to the header, but the type is an io.Reader"},
		{"reader by value", reflect.TypeFor[bytes.Buffer](), "Buffer: has 3 fields and none is exported"},
		{"format option", reflect.TypeFor[struct {
			At time.Time `json:"at,format:unix"`
		}](), "unsupported `format` tag option"},
		{"format option beside a header", reflect.TypeFor[struct {
			ID string    `header:"X-Id"`
			At time.Time `json:"at,format:unix"`
		}](), "Go struct field At has unsupported `format` tag option"},
		{"misspelt option", reflect.StructOf([]reflect.StructField{
			{Name: "A", Type: reflect.TypeFor[string](), Tag: `json:"a,omit_empty"`},
		}), "specify `omitempty` instead"},
		{"two members of one name", reflect.TypeFor[struct {
			A string
			B string `json:"A"`
		}](), `B: is called "A" in JSON, as is A`},
		{"header and member of one name", reflect.TypeFor[struct {
			A string `header:"X-A"`
			B string `json:"X-A"`
		}](), `B: is called "X-A" in JSON, as is A: give one another name`},
		{"status and member of one name", reflect.TypeFor[struct {
			A int    `status:""`
			B string `json:"status"`
		}](), `B: is called "status" in JSON`},
		{"name that JSON tags cannot carry", reflect.TypeFor[struct {
			A string `cookie:"-"`
		}](), `A: cannot be called "-" in the JSON`},
		{"embedded pointer beside a header", reflect.TypeFor[struct {
			*outItem
			A string `header:"X-A"`
		}](), "outItem: is a struct embedded by pointer"},
		{"member called -", reflect.TypeFor[struct {
			A string `json:"-,omitempty"` //lint:ignore SA5008 the mistake is what is tested
			B string `header:"X-B"`
		}](), `A: is called "-" in JSON, which is the name of what is left out`},
		{"no type", nil, "Out: there is no type"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { checkProblems(t, tt.typ, tt.want) })
	}
}

// checkProblems checks that each of the texts is among the type's problems.
func checkProblems(t *testing.T, typ reflect.Type, texts ...string) {
	t.Helper()
	p, problems := binding.CompileOut(typ)
	if p != nil {
		t.Error("there is a codec in spite of the problems")
	}
	var lines []string
	for _, problem := range problems {
		lines = append(lines, problem.Error())
	}
	got := strings.Join(lines, "\n")
	for _, want := range texts {
		if !strings.Contains(got, want) {
			t.Errorf("the problems lack\n%s\nthey are\n%s", want, got)
		}
	}
}

func TestCompileOutTakes(t *testing.T) {
	type shared struct {
		outItem `json:"item"`
		Text    string `header:"X-Text" json:"text"`
		Left    string `header:"X-Left" json:"-"`
	}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[outSelf](),
		reflect.TypeFor[*outSelf](),
		reflect.TypeFor[shared](),
		reflect.TypeFor[struct{ _ int }](),
		reflect.TypeFor[map[int]time.Time](),
		reflect.TypeFor[struct {
			Rest map[string]any `json:",embed"`
			ID   string         `header:"X-Id"`
		}](),
	} {
		if _, problems := binding.CompileOut(typ); len(problems) > 0 {
			t.Errorf("CompileOut(%s): %v", typ, problems)
		}
	}
}

// Options of json tags mean in a body beside headers what they mean without.
func TestMemberOptions(t *testing.T) {
	type members struct {
		A int            `json:"a,string"`
		B []int          `json:"b,omitempty"`
		C time.Time      `json:"c,omitzero"`
		D *int           `json:"d"`
		E map[string]any `json:",embed"`
	}
	type mixed struct {
		ID string         `header:"X-Id"`
		A  int            `json:"a,string"`
		B  []int          `json:"b,omitempty"`
		C  time.Time      `json:"c,omitzero"`
		D  *int           `json:"d"`
		E  map[string]any `json:",embed"`
	}
	extra := map[string]any{"z": 1.0, "y": "x"}
	pure, err := compileOut[members](t).Render(&members{A: 1, E: extra})
	if err != nil {
		t.Fatal(err)
	}
	beside, err := compileOut[mixed](t).Render(&mixed{A: 1, E: extra})
	if err != nil {
		t.Fatal(err)
	}
	if string(pure.Body) != string(beside.Body) || !strings.Contains(string(pure.Body), `"y":"x","z":1`) {
		t.Errorf("pure\n%s\nbeside a header\n%s", pure.Body, beside.Body)
	}
}
