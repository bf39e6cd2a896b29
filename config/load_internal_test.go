package config

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"
)

// section is the config of a group: five variables, as many as most have.
func section(n int) (reflect.Type, Map) {
	name := func(of string) string { return fmt.Sprintf("SECTION%d_%s", n, of) }
	field := func(of string, t reflect.Type, rest string) reflect.StructField {
		return reflect.StructField{Name: of, Type: t, Tag: reflect.StructTag(fmt.Sprintf(`env:%q %s`, name(of), rest))}
	}
	return reflect.StructOf([]reflect.StructField{
		field("URL", reflect.TypeFor[string](), `validate:"required,url" doc:"where it is"`),
		field("Timeout", reflect.TypeFor[time.Duration](), `envDefault:"2s" validate:"min=10ms"`),
		field("Limit", reflect.TypeFor[int](), `envDefault:"20" validate:"min=1,max=100"`),
		field("Tags", reflect.TypeFor[[]string](), `validate:"dive,alpha"`),
		field("Key", reflect.TypeFor[Secret](), `validate:"required"`),
	}), Map{name("URL"): "https://store.example/x", name("Limit"): "7", name("Tags"): "a, b", name("Key"): "hunter2"}
}

// BenchmarkLoad loads as many sections as an app has groups.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{1, 5, 40} {
		b.Run(fmt.Sprintf("%d structs of 5 variables", n), func(b *testing.B) {
			types, set := make([]reflect.Type, n), Map{}
			for i := range types {
				t, values := section(i)
				types[i] = t
				for name, value := range values {
					set[name] = value
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				parts := make([]Part, n)
				for i, t := range types {
					parts[i].Into = reflect.New(t).Interface()
				}
				if err := LoadAll(context.Background(), parts, From(set)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
