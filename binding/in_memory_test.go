package binding_test

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// wideLine is an element that takes 640 bytes in memory and two in JSON.
type wideLine struct {
	A [39]string `json:"a"`
	N int        `json:"n"`
	S []int      `json:"s" validate:"max=2"`
}

type limitedOrder struct {
	Lines []wideLine             `json:"lines" validate:"max=100,dive"`
	Two   []*wideLine            `json:"two" validate:"omitempty,len=2,dive"`
	Named map[string]wideLine    `json:"named" validate:"lt=3,dive"`
	Grid  [][]wideLine           `json:"grid" validate:"max=2,dive,max=2,dive"`
	Part  struct{ L []wideLine } `json:"part" validate:"-"`
	Note  string                 `json:"note" validate:"max=3"`
}

type limitedPart struct {
	limitedOrder
	ID string `query:"id"`
}

type freeOrder struct {
	Lines []wideLine          `json:"lines" validate:"dive"`
	Links []*wideLine         `json:"links" validate:"dive"`
	Named map[string]wideLine `json:"named" validate:"dive"`
	Kids  []freeOrder         `json:"kids" validate:"dive"`
	Fixed [2][]wideLine       `json:"fixed" validate:"dive,dive"`
}

// objects is a list of n empty objects.
func objects(n int) string { return "[" + strings.TrimSuffix(strings.Repeat("{},", n), ",") + "]" }

const mebibyte = 1 << 20

// What is longer than its rules allow is not decoded, however large it would be, and what has
// no rule takes no more memory than so many times the body.
func TestListsThatAreTooLongTakeNoMemory(t *testing.T) {
	many := objects((mebibyte - 100) / 3)
	var named strings.Builder
	for i := range (mebibyte - 100) / 12 {
		fmt.Fprintf(&named, `"%x":{},`, i)
	}
	members := strings.TrimSuffix(named.String(), ",")
	for name, test := range map[string]struct {
		in   any
		body string
		want []string
	}{
		"max":               {new(limitedOrder), `{"lines":` + many + `}`, []string{"invalid", "body.lines max: must have at most 100 items"}},
		"len of pointers":   {new(limitedOrder), `{"two":` + many + `}`, []string{"invalid", "body.two len: must have exactly 2 items"}},
		"lt of a map":       {new(limitedOrder), `{"named":{` + members + `}}`, []string{"invalid", "body.named lt: must have fewer than 3 items"}},
		"a list in a list":  {new(limitedOrder), `{"grid":[[],` + many + `]}`, []string{"invalid", "body.grid[1] max: must have at most 2 items"}},
		"beside the query":  {new(limitedPart), `{"lines":` + many + `,"note":"long"}`, []string{"invalid", "body.lines max: must have at most 100 items", "body.note max: must have at most 3 characters"}},
		"malformed":         {new(limitedOrder), `{"lines":` + many[:len(many)-1] + `,{]}`, []string{"malformed", fmt.Sprintf("body syntax: must be valid JSON; it is not at byte %d", len(many)+10)}},
		"a name twice":      {new(limitedOrder), `{"named":{` + members + `,"1":{}}}`, []string{"malformed", "body.named.1 duplicate: must be given once"}},
		"not ended":         {new(limitedOrder), `{"lines":` + many[:len(many)-1], []string{"malformed", fmt.Sprintf("body syntax: must be valid JSON; it is not at byte %d", len(many)+8)}},
		"without a rule":    {new(freeOrder), `{"lines":` + many + `}`, []string{"too large", tooMuch}},
		"without, pointers": {new(freeOrder), `{"links":` + many + `}`, []string{"too large", tooMuch}},
		"without, a map":    {new(freeOrder), `{"named":{` + members + `}}`, []string{"too large", tooMuch}},
		"without, deep":     {new(freeOrder), `{"kids":[{"kids":[{"lines":` + many + `}]}]}`, []string{"too large", tooMuch}},
		"without, an array": {new(freeOrder), `{"fixed":[[],` + many + `]}`, []string{"too large", tooMuch}},
		"without, excluded": {new(limitedOrder), `{"part":{"L":` + many + `}}`, []string{"too large", tooMuch}},
		"a bare list":       {new([]wideLine), many, []string{"too large", tooMuch}},
	} {
		t.Run(name, func(t *testing.T) {
			codec, problems := binding.CompileIn(reflect.TypeOf(test.in).Elem())
			v := rules(t)
			if problems = append(problems, codec.CheckRules(v)...); len(problems) > 0 {
				t.Fatal(problems)
			}
			if got := allocatedBy(func() {
				wantTold(t, codec.Bind(t.Context(), test.in, withJSON(test.body), binding.Limits{}, v), test.want...)
			}); got > mostGarbage {
				t.Errorf("%d MiB were allocated", got/mebibyte)
			}
			wantTold(t, codec.BindJSON(t.Context(), test.in, []byte(test.body), binding.Limits{}, v), test.want...)
		})
	}
}

// mostGarbage is far below the 200 MiB and more that the elements would take. The race detector
// throws pooled buffers away at random, so the same request takes 12 to 18 MiB.
const mostGarbage = 32 * mebibyte

const tooMuch = "body size: must have shorter lists: their elements would take more than 32 times the memory that the body has"

// allocatedBy is how many bytes a function allocates, of garbage too.
func allocatedBy(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// What is not more than rules allow is decoded whole, and what stands behind is only scanned.
func TestListsUpToTheirRulesAreDecoded(t *testing.T) {
	type in struct {
		IDs  []int          `json:"ids" validate:"max=3"`
		Map  map[string]int `json:"map" validate:"omitempty,len=1"`
		Text string         `json:"text"`
	}
	codec, v := compileIn[in](t), rules(t)
	for body, want := range map[string][]string{
		`{"ids":[1,2,3],"map":{"a":1}}`:                             nil,
		`{"ids":[1,2,3,4]}`:                                         {"invalid", "body.ids max: must have at most 3 items"},
		`{"ids":[1,2,3,4,"x"]}`:                                     {"invalid", "body.ids max: must have at most 3 items"},
		`{"ids":[1,2,3,4,5,"x"],"text":1}`:                          {"malformed", "body.ids max: must have at most 3 items", "body.text type: must be a string"},
		`{"ids":[1,"x",3,4,5]}`:                                     {"malformed", "body.ids[1] type: must be an integer"},
		`{"ids":[1,2,3,4,5,"x"`:                                     {"malformed", "body syntax: must be valid JSON; it is not at byte 21"},
		`{"ids":[1,2,3,4,5,"x"],"map":{"a":1,"b":2,"c":"x","a":1}}`: {"malformed", "body.map.a duplicate: must be given once"},
		`{"map":{"a":1,"b":2,"c":"x"}}`:                             {"invalid", "body.map len: must have exactly 1 item"},
		`{"ids":{"x":1}}`:                                           {"malformed", "body.ids type: must be a list"},
	} {
		var got in
		wantTold(t, codec.Bind(t.Context(), &got, withJSON(body), binding.Limits{}, v), want...)
		wantTold(t, codec.BindJSON(t.Context(), &got, []byte(body), binding.Limits{}, v), want...)
	}
	var got in
	err := codec.BindJSON(t.Context(), &got, []byte(`{"ids":[1,2,3,4,5]}`), binding.Limits{}, nil)
	if err != nil || len(got.IDs) != 5 {
		t.Errorf("without rules: %v, %v", got, err)
	}
	err = codec.BindJSON(t.Context(), &got, []byte(`{"ids":[1,2,3,4,5]}`), binding.Limits{}, lenient{})
	if err != nil || len(got.IDs) != 5 {
		t.Errorf("with other rules: %v, %v", got, err)
	}
}

// lenient takes everything.
type lenient struct{}

func (lenient) Check(reflect.Type) []binding.Problem          { return nil }
func (lenient) Struct(context.Context, any) []binding.Failure { return nil }

// A large body of real values is not too much.
func TestALargeBodyOfValuesIsDecoded(t *testing.T) {
	line := `{"a":["` + strings.Repeat(`a","`, 38) + `b"],"n":1}`
	body := `{"lines":[` + strings.TrimSuffix(strings.Repeat(line+",", mebibyte/(len(line)+1)-2), ",") + `]}`
	var in freeOrder
	if err := compileIn[freeOrder](t).BindJSON(t.Context(), &in, []byte(body), binding.Limits{}, rules(t)); err != nil || len(in.Lines) < 3000 {
		t.Errorf("%d lines: %v", len(in.Lines), err)
	}
	var small freeOrder
	if err := compileIn[freeOrder](t).BindJSON(t.Context(), &small, []byte(`{"lines":`+objects(1000)+`}`), binding.Limits{}, rules(t)); err != nil || len(small.Lines) != 1000 {
		t.Errorf("%d lines: %v", len(small.Lines), err)
	}
}

// Values of a query, a form or a header beyond what rules allow are not read.
func TestRepeatedValuesUpToTheirRulesAreRead(t *testing.T) {
	type in struct {
		N []int    `query:"n" validate:"max=2,dive,min=1"`
		H []string `header:"H" validate:"omitempty,len=1"`
		F []int8   `form:"f" validate:"lt=2"`
	}
	src := withForm("f=1&f=2&f=x")
	src.query = "n=1&n=2&n=3&n=x"
	src.header["H"] = []string{"a,b", "c"}
	wantTold(t, ruledBind[in](t, src), "invalid", "query.n max: must have at most 2 items", "header.H len: must have exactly 1 item", "form.f lt: must have fewer than 2 items")
	src.query, src.header["H"] = "n=1&n=0", nil
	src = src.with("f=x")
	wantTold(t, ruledBind[in](t, src), "malformed", "query.n[1] min: must be at least 1", "form.f[0] type: must be an integer between -128 and 127")
}

// BenchmarkBindLarge binds a body that is looked through before it is decoded.
func BenchmarkBindLarge(b *testing.B) {
	line := `{"a":["` + strings.Repeat(`a","`, 38) + `b"],"n":1}`
	codec, v := compileIn[freeOrder](b), rules(b)
	for _, n := range []int{5, 5000} {
		body := []byte(`{"lines":[` + strings.TrimSuffix(strings.Repeat(line+",", n), ",") + `]}`)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				var in freeOrder
				if err := codec.BindJSON(b.Context(), &in, body, binding.Limits{Body: 2 * mebibyte}, v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Where names are read loosely, the lists of such names have no more room, and a zero was sent
// under any of them.
func TestListsOfLooseNamesTakeNoMemory(t *testing.T) {
	type in struct {
		Lines  []wideLine `json:"lines" validate:"max=100,dive"`
		More   []wideLine `json:"more_lines" validate:"dive"`
		Folded []wideLine `json:"folded,case:ignore" validate:"max=1,dive"`
		Active bool       `json:"active" validate:"required"`
	}
	many := objects((mebibyte - 100) / 3)
	codec, v := compileIn[in](t), rules(t)
	for body, want := range map[string][]string{
		`{"Line\u017f":` + many + `,"ACTIVE":true}`:       {"invalid", "body.lines max: must have at most 100 items"},
		`{"MoreLines":` + many + `}`:                      {"too large", tooMuch},
		`{"FOLDED":` + many + `,"active":true}`:           {"invalid", "body.folded max: must have at most 1 item"},
		`{"Act_ive":false}`:                               {"invalid", "body.active required: must not be false"},
		`{"active":true,"Active":false}`:                  {"invalid", "body.active required: must not be false"},
		`{"lines":[],"lines":` + many + `,"active":true}`: {"invalid", "body.lines max: must have at most 100 items"},
		`{"act":false}`:                                   {"invalid", "body.active required: is required"},
	} {
		var got in
		if bytes := allocatedBy(func() {
			wantTold(t, codec.BindJSON(t.Context(), &got, []byte(body), binding.Limits{LooseNames: true, AllowUnknown: true}, v), want...)
		}); bytes > 16*mebibyte {
			t.Errorf("%.40s: %d MiB were allocated", body, bytes/mebibyte)
		}
	}
}
