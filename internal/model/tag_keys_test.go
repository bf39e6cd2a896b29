package model_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/model"
)

// tagged makes a field with a tag that vet would not let pass.
func tagged(name string, t reflect.Type, tag string) reflect.StructField {
	return reflect.StructField{Name: name, Type: t, Tag: reflect.StructTag(tag)}
}

func TestMisspeltTags(t *testing.T) {
	text := reflect.TypeFor[string]()
	nested := reflect.StructOf([]reflect.StructField{tagged("Sku", text, `json:"sku" vaildate:"required"`), tagged("At", text, `jsno:"at" gorm:"x"`)})
	typ := reflect.StructOf([]reflect.StructField{
		tagged("Name", text, `json:"name" valdiate:"required" db:"name" bson:"name"`),
		tagged("Key", text, `heder:"X-A"`),
		tagged("Limit", reflect.TypeFor[int](), `json:"limit",defualt:"20"`),
		tagged("Items", reflect.SliceOf(reflect.PointerTo(nested)), `json:"items" validate: "required"`),
	})
	_, in := model.Input(typ)
	_, out := model.Output(typ)
	for direction, problems := range map[string][]model.Problem{"in": in, "out": out} {
		var all strings.Builder
		for _, p := range problems {
			all.WriteString(p.Error() + "\n")
		}
		for _, want := range []string{
			`.Name: has the tag "valdiate", which nothing reads: did you mean validate?`,
			`.Key: has the tag "heder", which nothing reads: did you mean header?`,
			`.Limit: has the tag ",defualt", which nothing reads: did you mean default?`,
			".Items: has a tag whose key validate cannot be read",
			`Items[].Sku: has the tag "vaildate", which nothing reads: did you mean validate?`,
			`Items[].At: has the tag "jsno", which nothing reads: did you mean json?`,
		} {
			if strings.Count(all.String(), want) != 1 {
				t.Errorf("%s tells\n%swant once %s", direction, &all, want)
			}
		}
		if len(problems) != 6 {
			t.Errorf("%s tells %d problems, want 6", direction, len(problems))
		}
	}
}
