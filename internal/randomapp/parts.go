package randomapp

import (
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/internal/dice"
	"github.com/anygrain/anygrain/internal/randomreq"
)

// deepest is how far types nest.
const deepest = 3

// drawScalar returns a type that is read from one text.
func drawScalar(d dice.Dice) string {
	return dice.Pick(d, "string", "string", "string", "int", "int8", "int64", "uint16", "uint64", "bool", "float32", "float64", "time", "duration", "color", "level", "word", "[]byte")
}

// drawType returns a type that is read from JSON.
func drawType(d dice.Dice, depth int) Type {
	if depth >= deepest || d.OneIn(2) {
		return Type{Go: drawScalar(d)}
	}
	switch d.IntN(7) {
	case 0:
		return Type{Go: dice.Pick(d, "[]", "map[string]", "*") + drawScalar(d)}
	case 6:
		return Type{Go: dice.Pick(d, "*[]", "*map[string]", "**", "map[word]", "map[int]") + drawScalar(d)}
	case 1:
		return Type{Go: "any"}
	case 2:
		return Type{Go: "[]any"}
	}
	t := Type{Go: dice.Pick(d, "", "", "[]", "*", "map[string]", "[]*", "map[string][]") + "struct"}
	for i := range d.Between(1, 3) {
		t.Fields = append(t.Fields, member(d, i, depth+1))
	}
	return t
}

// member draws a member of a JSON object.
func member(d dice.Dice, n, depth int) Field {
	f := Field{Name: fieldName(n), Type: drawType(d, depth)}
	name := dice.Pick(d, "m%d", "m%d", "M%d", "m-%d", "ü%d", "m %d")
	f.Tag = fmt.Sprintf("json:%q", fmt.Sprintf(name, n)+dice.Pick(d, "", "", "", ",omitempty", ",omitzero"))
	if rules := diveAll(f.Go, drawRules(d, f.Go)); rules != "" {
		f.Tag += fmt.Sprintf(` validate:%q`, rules)
	}
	return f
}

// diveAll adds to rules what lets those of structs in lists and maps run.
func diveAll(goType, rules string) string {
	if !strings.HasSuffix(goType, "struct") {
		return rules
	}
	levels := strings.Count(goType, "[]") + strings.Count(goType, "map[") - strings.Count(rules, "dive")
	return strings.TrimPrefix(rules+strings.Repeat(",dive", levels), ",")
}

// drawRules returns a validate tag for the type, "" for none.
func drawRules(d dice.Dice, goType string) string {
	if d.OneIn(3) {
		return ""
	}
	elem, list := strings.CutPrefix(goType, "[]")
	if list && elem != "byte" {
		rules := []string{dice.Pick(d, "", "min=1", "max=2", "required", "omitempty,len=2")}
		if within := drawRules(d, elem); within != "" {
			rules = append(rules, "dive", within)
		}
		return strings.TrimPrefix(strings.Join(rules, ","), ",")
	}
	inner, pointer := strings.CutPrefix(goType, "*")
	if rules := scalarRules(d, inner); rules != "" && pointer {
		return "omitempty," + rules
	} else if !pointer {
		return rules
	}
	return ""
}

func scalarRules(d dice.Dice, goType string) string {
	switch goType {
	case "string":
		return dice.Pick(d, "required", "min=2,max=5", "oneof=tea milk", "email", "uuid4", "alphanum", "omitempty,min=3", "max=10", "ne=tea", "startswith=t", "numeric", "url", "required,ascii")
	case "int", "int64", "uint16", "uint64", "int8":
		return dice.Pick(d, "required", "min=1,max=100", "gt=0", "oneof=1 2 3", "omitempty,gte=2", "lt=50")
	case "float32", "float64":
		return dice.Pick(d, "gte=0", "lte=100,gt=-5", "required")
	case "bool", "time", "color", "any", "struct":
		return dice.Pick(d, "", "required")
	case "duration":
		return dice.Pick(d, "", "min=1ms")
	}
	return ""
}

// defaultOf returns a default that can be read as the type and keeps the rules.
func defaultOf(d dice.Dice, t Type, rules string) string {
	if elem, ok := strings.CutPrefix(t.Go, "[]"); ok && elem != "byte" {
		t.Go = elem
		_, rules, _ = strings.Cut(rules, "dive,")
	}
	made, err := t.reflect()
	if err != nil {
		return ""
	}
	return strings.NewReplacer(",", ".", `"`, "'").Replace(randomreq.Text(d, made, rules))
}

// drawOut returns an Out.
func drawOut(d dice.Dice, routed bool) Type {
	switch d.IntN(7) {
	case 0:
		return dice.Pick(d, Type{Go: "string"}, Type{Go: "[]byte"}, Type{Go: "struct"}, Type{Go: "any"}, Type{Go: "*struct", Fields: []Field{member(d, 0, 0)}}, Type{Go: "[]string"})
	case 1:
		return drawType(d, 0)
	}
	t := Type{Go: "struct"}
	if routed {
		for range d.IntN(3) {
			t.Fields = append(t.Fields, outField(d, len(t.Fields)))
		}
	}
	if d.OneIn(5) {
		return Type{Go: "struct", Fields: append(t.Fields, Field{Name: fieldName(len(t.Fields)), Tag: `body:""`, Type: dice.Pick(d, Type{Go: "string"}, Type{Go: "[]byte"}, Type{Go: "reader"}, drawType(d, 1))})}
	}
	for range d.IntN(4) {
		f := member(d, len(t.Fields), 0)
		t.Fields = append(t.Fields, f)
	}
	return t
}

// outField draws a field that is no member of the body.
func outField(d dice.Dice, n int) Field {
	f := Field{Name: fieldName(n)}
	switch d.IntN(4) {
	case 0:
		f.Go, f.Tag = dice.Pick(d, "cookie", "*cookie", "[]cookie", "string"), fmt.Sprintf(`cookie:"c%d"`, n)
	case n: // one at most
		f.Go, f.Tag = "int", `status:"" validate:"oneof=200 201 202 204 303 304 404 418 503"`
	default:
		f.Go, f.Tag = dice.Pick(d, "string", "[]string", "*int", "time", "bool", "color", "float64"), fmt.Sprintf(`header:"X-Out%d"`, n)
	}
	return f
}
