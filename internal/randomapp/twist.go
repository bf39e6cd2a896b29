package randomapp

import (
	"math"
	"reflect"

	"github.com/anygrain/anygrain/internal/dice"
)

// twist makes of some values, within a value that came from JSON, what no JSON would
// have made: a handler can pass it all the same.
func twist(d dice.Dice, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		twistPointer(d, v)
	case reflect.Struct:
		for f, value := range v.Fields() {
			if f.IsExported() && f.Type.PkgPath() != "time" {
				twist(d, value)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			twist(d, v.Index(i))
		}
	case reflect.Map:
		if v.Type().Key() == basic["word"] && !v.IsNil() && d.OneIn(2) {
			v.SetMapIndex(reflect.ValueOf(Word("A")), reflect.Zero(v.Type().Elem())) // there may be an "a"
		}
	case reflect.Interface:
		if v.Type() == basic["reader"] && d.OneIn(2) {
			v.SetZero()
		}
	default:
		twistScalar(d, v)
	}
}

// twistPointer lets it point to nil, or looks at what it points to.
func twistPointer(d dice.Dice, v reflect.Value) {
	elem := v.Type().Elem()
	switch elem.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if v.CanSet() && d.OneIn(2) {
			v.Set(reflect.New(elem))
			return
		}
	}
	if !v.IsNil() {
		twist(d, v.Elem())
	}
}

func twistScalar(d dice.Dice, v reflect.Value) {
	switch t := v.Type(); {
	case t == basic["color"] && d.OneIn(4):
		v.SetZero() // which is no color
	case t == basic["word"] && d.OneIn(2):
		v.SetString("TEA")
	case t == basic["level"] && d.OneIn(2):
		v.SetInt(5)
	case v.CanFloat() && d.OneIn(4):
		v.SetFloat(math.Copysign(0, -1))
	}
}
