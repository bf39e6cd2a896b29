package model

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/promotion"
)

// foreignForm says that a struct is read or written as a value that it embeds, and what
// of it is lost by that; "" when nothing is.
func foreignForm(t reflect.Type) string {
	form, ok := promotion.JSON(t)
	return lostBeside(t, form, ok)
}

// foreignText is foreignForm of a value that is text.
func foreignText(t reflect.Type) string {
	form, ok := promotion.Text(t)
	return lostBeside(t, form, ok)
}

func lostBeside(t reflect.Type, form promotion.Form, ok bool) string {
	if !ok || len(form.Beside) == 0 {
		return ""
	}
	return fmt.Sprintf("has the type %s, which embeds %s and with it its %s: %s beside it %s. Give %s a name instead of embedding it, or write these methods on %s",
		t, form.From.Type, joinAnd(form.Methods), joinAnd(form.Beside), howLost(form), form.From.Type, t)
}

// readByNil says that a struct is read by a method of a pointer that it embeds, which is
// nil then; "" when it is not.
func readByNil(t reflect.Type) string {
	form, ok := promotion.JSON(t)
	if k := form.From.Type; !ok || !form.Reads || k.Kind() != reflect.Pointer && k.Kind() != reflect.Interface {
		return ""
	}
	return fmt.Sprintf("has the type %s, which is read by a method of the %s that it embeds, and that is nil: embed a value, or write the method on %s", t, form.From.Type, t)
}

func joinAnd(words []string) string {
	if n := len(words) - 1; n > 0 {
		return strings.Join(words[:n], ", ") + " and " + words[n]
	}
	return words[0]
}

func howLost(form promotion.Form) string {
	is := "are"
	if len(form.Beside) == 1 {
		is = "is"
	}
	switch {
	case !form.Writes:
		return is + " not read"
	case !form.Reads:
		return is + " not written"
	}
	return is + " neither read nor written"
}

// checkEmbeddedForm reports a type of an In that is not read or written as it stands.
func (b *inputBuilder) checkEmbeddedForm(path string, t reflect.Type) {
	if t.Kind() != reflect.Struct || path == "" && b.model.Bare && len(b.list) > 0 { // of the tags beside it
		return
	}
	if problem := foreignForm(t); problem != "" {
		b.add(path, "%s", problem)
	} else if problem := readByNil(t); problem != "" {
		b.add(path, "%s", problem)
	}
}
