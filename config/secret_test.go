package config_test

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	stdjson "encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"text/template"

	"github.com/go-json-experiment/json"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/internal/rules"
)

const password = "hunter22"

// holders are all the places in which a Secret can be, exported and not.
func holders() map[string]any {
	s := config.NewSecret(password)
	type inner struct {
		Key config.Secret
		key config.Secret
	}
	type embedding struct {
		config.Secret
		other int
	}
	type hiding struct {
		key   config.Secret
		ptr   *config.Secret
		list  []config.Secret
		array [2]config.Secret
		keys  map[config.Secret]int
		vals  map[string]config.Secret
		any   any
		inner inner
		deep  *inner
	}
	hidden := hiding{s, &s, []config.Secret{s}, [2]config.Secret{s, s}, map[config.Secret]int{s: 1}, map[string]config.Secret{"a": s}, s, inner{s, s}, &inner{s, s}}
	return map[string]any{
		"itself": s, "a pointer": &s, "a list": []config.Secret{s}, "an array": [1]config.Secret{s},
		"a list of pointers": []*config.Secret{&s}, "keys of a map": map[config.Secret]int{s: 1}, "values of a map": map[string]config.Secret{"a": s},
		"an exported field": struct{ Key config.Secret }{s}, "an exported pointer": struct{ Key *config.Secret }{&s},
		"keys in a field": struct{ Keys map[config.Secret]string }{map[config.Secret]string{s: "x"}},
		"hidden fields":   hidden, "a pointer to hidden fields": &hidden, "a list of hidden fields": []hiding{hidden},
		"embedded": embedding{s, 1}, "an interface": []any{s, &s, hidden}, "a pointer to a pointer": []**config.Secret{new(&s)},
		"an error": fmt.Errorf("while starting: %w", failure{s}), "an attribute": slog.Any("key", hidden), "a method": s.Equal,
	}
}

// failure is an error that has a secret in it.
type failure struct{ key config.Secret }

func (f failure) Error() string { return fmt.Sprint("refused with ", f.key) }

func TestASecretNeverPrints(t *testing.T) {
	for name, holder := range holders() {
		for how, text := range printed(t, holder) {
			checkHidden(t, name+" "+how, text)
		}
	}
	if got := fmt.Sprint(config.NewSecret(""), config.Secret{}); got != " " {
		t.Errorf("empty secrets print %q", got)
	}
	if got := fmt.Sprintf("%v %s %q %x", config.NewSecret("a"), config.NewSecret("a"), config.NewSecret("a"), config.NewSecret("a")); got != strings.Repeat(" [secret]", 4)[1:] {
		t.Errorf("got %q", got)
	}
}

// checkHidden looks for the text in the forms that verbs and encoders give to texts.
func checkHidden(t *testing.T, how, text string) {
	t.Helper()
	octets := fmt.Sprint([]byte(password))
	for _, form := range []string{password, password[1:], fmt.Sprintf("%x", password), fmt.Sprintf("%X", password), fmt.Sprintf("% x", password), octets[1 : len(octets)-1],
		strings.Trim(fmt.Sprintf("%#v", []byte(password)), "[]byte{}"), base64.StdEncoding.EncodeToString([]byte(password))} {
		if strings.Contains(text, form) {
			t.Errorf("%s shows the text as %s: %s", how, form, text)
		}
	}
}

// printed is what everything that is at hand makes of the value.
func printed(t *testing.T, v any) map[string]string {
	all := map[string]string{"Sprint": fmt.Sprint(v) + fmt.Sprintln(v)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%+s", "%#s", "%q", "%#q", "%x", "%X", "% x", "%#x", "%d", "%b", "%o", "%c", "%U", "%e", "%t", "%p", "%#p", "%w", "%T", "%z", "%20s", "%.3s", "%-9v|"} {
		all[verb] = fmt.Sprintf(verb, v)
	}
	all["a panic"] = panicked(v)
	for how, encode := range map[string]func(any) ([]byte, error){
		"JSON": stdjson.Marshal, "JSON v2": func(v any) ([]byte, error) { return json.Marshal(v) }, "XML": xml.Marshal, "gob": asGob,
	} {
		data, err := encode(v)
		all[how] = string(data) + fmt.Sprint(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", v, slog.Group("g", "v", v))
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", v, slog.Group("g", "v", v))
	logger := zerolog.New(&log)
	logger.Info().Interface("i", v).Any("a", v).Str("s", fmt.Sprint(v)).Fields(map[string]any{"f": v}).Msgf("%v %+v", v, v)
	if err, ok := v.(error); ok {
		logger.Err(err).Msg("x")
	}
	_ = template.Must(template.New("").Parse("{{.}} {{printf `%+v` .}}")).Execute(&log, v)
	all["logs and templates"] = log.String()
	all["a walk"] = walk(reflect.ValueOf(v), 0)
	return all
}

func asGob(v any) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(v)
	return b.Bytes(), err
}

// panicked is the value of a panic as handlers of panics print it.
func panicked(v any) (text string) {
	defer func() { r := recover(); text = fmt.Sprintf("%v %+v %#v", r, r, r) }()
	panic(v)
}

// walk prints all that reflection finds, without asking for a method, as printers for
// debugging do.
func walk(v reflect.Value, depth int) string {
	if depth > 12 || !v.IsValid() {
		return ""
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return walk(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		var text string
		if v.Type().Elem().Kind() == reflect.Uint8 && v.Kind() == reflect.Slice {
			text = string(v.Bytes())
		}
		for i := range v.Len() {
			text += walk(v.Index(i), depth+1) + " "
		}
		return text
	case reflect.Map:
		var text string
		for r := v.MapRange(); r.Next(); {
			text += walk(r.Key(), depth+1) + ":" + walk(r.Value(), depth+1) + " "
		}
		return text
	case reflect.Struct:
		var text string
		for i := range v.NumField() {
			text += v.Type().Field(i).Name + "=" + walk(v.Field(i), depth+1) + " "
		}
		return text
	}
	return v.String()
}

func TestWhatIsWrongWithASecretShowsNoText(t *testing.T) {
	type in struct {
		Key  config.Secret   `header:"X-Key" validate:"required,max=3"`
		Keys []config.Secret `query:"k" validate:"dive,max=3"`
	}
	set, err := rules.New()
	if err != nil {
		t.Fatal(err)
	}
	s := config.NewSecret(password)
	broken := set.Struct(t.Context(), &in{s, []config.Secret{s}})
	if len(broken) != 2 || broken[0].Path != "Key" || broken[1].Path != "Keys[0]" || broken[0].Message != "must have at most 3 characters" {
		t.Errorf("got %+v", broken)
	}
	checkHidden(t, "a failure", fmt.Sprintf("%+v", broken))
}

func TestASecretIsReadFromText(t *testing.T) {
	var in struct {
		Key  config.Secret            `json:"key"`
		Ptr  *config.Secret           `json:"ptr"`
		List []config.Secret          `json:"list"`
		Map  map[string]config.Secret `json:"map"`
	}
	const text = `{"key":"a","ptr":"b","list":["c"],"map":{"k":"d"}}`
	for how, err := range map[string]error{"v1": stdjson.Unmarshal([]byte(text), &in), "v2": json.Unmarshal([]byte(text), &in)} {
		if err != nil || in.Key.Reveal()+in.Ptr.Reveal()+in.List[0].Reveal()+in.Map["k"].Reveal() != "abcd" {
			t.Errorf("%s: got %v", how, err)
		}
	}
}

func TestSecretsOfTheSameTextAreEqual(t *testing.T) {
	a, b, other := config.NewSecret(password), config.NewSecret(strings.Clone(password)), config.NewSecret("correct horse")
	if a != b || a == other || !reflect.DeepEqual(a, b) || reflect.DeepEqual(a, other) || config.NewSecret("") != (config.Secret{}) {
		t.Error("== is not about the text")
	}
	if !a.Equal(password) || a.Equal("hunter2") || a.Equal("") || a.Reveal() != password {
		t.Error("Equal or Reveal is wrong")
	}
	var zero config.Secret
	if !zero.IsZero() || a.IsZero() || !zero.Equal("") || zero.Equal("x") || zero.Reveal() != "" {
		t.Error("the zero Secret is not the empty one")
	}
	if seen := map[config.Secret]int{a: 1}; seen[b] != 1 {
		t.Error("a Secret is no key of a map")
	}
}

// A program may make a secret of every request: what nobody holds any more goes.
func TestSecretsThatNobodyHoldsAreForgotten(t *testing.T) {
	before := config.HiddenTexts()
	for i := range 1000 {
		if s := config.NewSecret(fmt.Sprint("secret", i)); s.Reveal() != fmt.Sprint("secret", i) {
			t.Fatal("another text")
		}
	}
	for range 1000 { // the cleanups run beside the collector
		if runtime.GC(); config.HiddenTexts() <= before+10 {
			return
		}
	}
	t.Errorf("%d texts are held, %d were before", config.HiddenTexts(), before)
}

func TestSecretsAreMadeByManyAtOnce(t *testing.T) {
	made := make(chan config.Secret)
	for range 8 {
		go func() {
			for i := range 200 {
				_ = config.NewSecret(fmt.Sprint("passing", i%3)) // and forgotten, beside others that are made
			}
			made <- config.NewSecret("of many")
		}()
	}
	first := <-made
	for range 7 {
		if other := <-made; other != first {
			t.Error("two secrets of one text differ")
		}
	}
}

func TestASecretDoesNotComeBackFromGob(t *testing.T) {
	type stored struct{ Key config.Secret }
	data, err := asGob(stored{config.NewSecret(password)})
	if err != nil {
		t.Fatal(err)
	}
	var back stored
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&back); err == nil {
		t.Errorf("got %v, %v", back.Key, err)
	}
}
