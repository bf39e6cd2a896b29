package binding_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/textproto"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// fakeRequest is a Source made of its parts.
type fakeRequest struct {
	path   map[string]string
	query  string
	header map[string][]string
	body   io.Reader
}

func (r fakeRequest) PathValue(name string) string      { return r.path[name] }
func (r fakeRequest) RawQuery() string                  { return r.query }
func (r fakeRequest) Body() io.Reader                   { return r.body }
func (r fakeRequest) HeaderValues(name string) []string { return r.header[name] }
func (r fakeRequest) HeaderNames() []string             { return slices.Collect(maps.Keys(r.header)) }
func withQuery(query string) fakeRequest                { return fakeRequest{query: query} }
func withBody(contentType, body string) fakeRequest {
	return withHeader("Content-Type", contentType).with(body)
}
func (r fakeRequest) with(body string) fakeRequest { r.body = strings.NewReader(body); return r }
func withJSON(body string) fakeRequest             { return withBody("application/json", body) }
func withForm(body string) fakeRequest             { return withBody("application/x-www-form-urlencoded", body) }
func (r fakeRequest) encoded(encoding string) fakeRequest {
	r.header["Content-Encoding"] = []string{encoding}
	return r
}
func withHeader(name string, values ...string) fakeRequest {
	return fakeRequest{header: map[string][]string{textproto.CanonicalMIMEHeaderKey(name): values}}
}

// compileIn compiles the codec of a type that has no problems.
// rules are the usual ones, with those of a test.
func rules(t testing.TB, custom ...binding.Rule) binding.Validator {
	t.Helper()
	v, err := binding.Rules(custom...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func compileIn[T any](t testing.TB) *binding.In {
	t.Helper()
	codec, problems := binding.CompileIn(reflect.TypeFor[T]())
	for _, p := range problems {
		t.Fatalf("problem: %v", p)
	}
	return codec
}

// bind binds a request to a T.
func bind[T any](t testing.TB, src binding.Source) (T, error) {
	t.Helper()
	var in T
	err := compileIn[T](t).Bind(t.Context(), &in, src, binding.Limits{}, nil)
	return in, err
}

// bindDirect binds a direct form to a T.
func bindDirect[T any](t testing.TB, data string) (T, error) {
	t.Helper()
	var in T
	err := compileIn[T](t).BindJSON(t.Context(), &in, []byte(data), binding.Limits{}, nil)
	return in, err
}

// told writes an error as its kind, and a line with location, rule and message
// for each violation.
func told(err error) string {
	if err == nil {
		return ""
	}
	e, ok := errors.AsType[*binding.Error](err)
	if !ok {
		return "not a *binding.Error: " + err.Error()
	}
	kinds := map[binding.Kind]string{binding.Malformed: "malformed", binding.Invalid: "invalid",
		binding.TooLarge: "too large", binding.MediaType: "media type", binding.Unreadable: "unreadable"}
	lines := []string{kinds[e.Kind]}
	for _, v := range e.Violations {
		lines = append(lines, v.Location+" "+v.Rule+": "+v.Message)
	}
	return strings.Join(lines, "\n")
}

// wantTold fails unless the error tells these lines.
func wantTold(t testing.TB, err error, want ...string) {
	t.Helper()
	if got := told(err); got != strings.Join(want, "\n") {
		t.Errorf("error tells\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// minimum is a Validator with two rules: min=n for the value of integers and
// the length of the rest, and required. It goes into slices, maps and structs
// whether the tag says dive or not.
type minimum struct{ unknown bool }

func (m minimum) Check(t reflect.Type) []binding.Problem {
	if m.unknown {
		return []binding.Problem{{Field: t.Name(), Message: "has an unknown rule"}}
	}
	return nil
}

func (minimum) Struct(_ context.Context, v any) []binding.Failure {
	return minimumOf(reflect.ValueOf(v).Elem(), "")
}

func minimumOf(v reflect.Value, path string) (failures []binding.Failure) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return minimumOf(v.Elem(), path)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			failures = append(failures, minimumOf(v.Index(i), path+"["+strconv.Itoa(i)+"]")...)
		}
	case reflect.Map:
		for key, elem := range v.Seq2() {
			failures = append(failures, minimumOf(elem, path+"["+key.String()+"]")...)
		}
	case reflect.Struct:
		for sf, field := range v.Fields() {
			at := strings.TrimPrefix(path+"."+sf.Name, ".")
			if f, broken := breaks(field, sf.Tag.Get("validate")); broken {
				f.Path = at
				failures = append(failures, f)
			}
			failures = append(failures, minimumOf(field, at)...)
		}
	}
	return failures
}

func breaks(v reflect.Value, rules string) (binding.Failure, bool) {
	if slices.Contains(strings.Split(rules, ","), "required") && v.IsZero() {
		return binding.Failure{Rule: "required", Message: "is required"}, true
	}
	_, param, ok := strings.Cut(rules, "min=")
	n, _ := strconv.Atoi(param)
	if size := sizeOf(v); !ok || size >= n {
		return binding.Failure{}, false
	}
	return binding.Failure{Rule: "min", Param: param, Message: "must be at least " + param}, true
}

func sizeOf(v reflect.Value) int {
	if v.CanInt() {
		return int(v.Int())
	}
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len()
	}
	return 0
}
