package randomreq

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/dice"
)

var unmarshalers = []reflect.Type{reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[json.UnmarshalerFrom]()}

// deepest is how far values that can be as deep as they like go.
const deepest = 4

// value returns the JSON of a value of the type that keeps the rules, as far as
// they are known here.
func value(d dice.Dice, t reflect.Type, r *rules, depth int) string {
	switch {
	case t == timeType, t == durationType, reflect.PointerTo(t).Implements(textType):
		return quoted(text(d, t, r))
	case readsItself(t):
		return anything(d, depth)
	}
	switch t.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(d.OneIn(2) || r.has("required"))
	case reflect.String:
		return quoted(text(d, t, r))
	case reflect.Pointer:
		return optional(d, t, r, depth)
	case reflect.Slice, reflect.Array:
		return list(d, t, r, depth)
	case reflect.Map:
		return object(d, t, r, depth)
	case reflect.Struct:
		return members(d, t, depth)
	case reflect.Interface:
		return anything(d, depth)
	}
	return text(d, t, r)
}

func readsItself(t reflect.Type) bool {
	for _, u := range unmarshalers {
		if reflect.PointerTo(t).Implements(u) {
			return true
		}
	}
	return false
}

func optional(d dice.Dice, t reflect.Type, r *rules, depth int) string {
	if (depth > deepest || d.OneIn(4)) && !r.has("required") {
		return "null"
	}
	return value(d, t.Elem(), r, depth+1)
}

func list(d dice.Dice, t reflect.Type, r *rules, depth int) string {
	if t.Elem().Kind() == reflect.Uint8 && t.Elem().PkgPath() == "" {
		return quoted(base64.StdEncoding.EncodeToString(chunk(d, t)))
	}
	low, high := r.bounds(0, 3)
	n := d.Between(int(low), int(max(low, min(high, 3))))
	switch {
	case t.Kind() == reflect.Array:
		n = t.Len()
	case depth > deepest:
		n = int(low)
	}
	elements := make([]string, n)
	for i := range elements {
		elements[i] = value(d, t.Elem(), r.within(), depth+1)
	}
	return "[" + strings.Join(elements, ",") + "]"
}

// chunk returns bytes for a slice or an array of them.
func chunk(d dice.Dice, t reflect.Type) []byte {
	b := []byte(odd(d))
	if t.Kind() == reflect.Array {
		b = append(b, make([]byte, t.Len())...)[:t.Len()]
	}
	return b
}

func object(d dice.Dice, t reflect.Type, r *rules, depth int) string {
	low, _ := r.bounds(0, 2)
	var pairs []string
	for i := range max(int(low), d.IntN(3)) {
		key := string(rune('a' + i))
		if t.Key().Kind() != reflect.String {
			key = strconv.Itoa(i)
		}
		pairs = append(pairs, quoted(key)+":"+value(d, t.Elem(), r.within(), depth+1))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// members returns a struct as an object.
func members(d dice.Dice, t reflect.Type, depth int) string {
	var pairs []string
	for f := range t.Fields() {
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if tag == "-" || !f.IsExported() || strings.Contains(options, "embed") {
			continue
		}
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct {
			if inner := strings.Trim(members(d, f.Type, depth), "{}"); inner != "" {
				pairs = append(pairs, inner)
			}
			continue
		}
		r := parseRules(f.Tag.Get("validate"))
		if !r.has("required") && d.OneIn(4) {
			continue
		}
		if name == "" {
			name = f.Name
		}
		pairs = append(pairs, quoted(name)+":"+stringly(options, value(d, f.Type, r, depth+1)))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// stringly puts a number into quotes where the tag says so.
func stringly(options, v string) string {
	if strings.Contains(","+options+",", ",string,") && strings.Trim(v, "-.0123456789e+") == "" {
		return `"` + v + `"`
	}
	return v
}

// anything returns JSON of no type in particular.
func anything(d dice.Dice, depth int) string {
	if depth > deepest {
		return "null"
	}
	switch d.IntN(8) {
	case 0:
		return "[" + anything(d, depth+1) + "," + anything(d, depth+1) + "]"
	case 1:
		return fmt.Sprintf(`{"a":%s,%s:%s}`, anything(d, depth+1), quoted("b"+words[d.IntN(len(words))]), anything(d, depth+1))
	case 2:
		return dice.Pick(d, "null", "true", "false")
	case 3:
		return dice.Pick(d, "0", "-0", "1e3", "1.50", "9007199254740993", "12345678901234567890", "1e-7", "-1")
	}
	return quoted(words[d.IntN(len(words))])
}

// quoted returns a string as JSON has it; what is no UTF-8 is left as it is.
func quoted(s string) string {
	q, err := jsontext.AppendQuote(nil, s)
	if err != nil {
		return `"` + s + `"`
	}
	return string(q)
}
