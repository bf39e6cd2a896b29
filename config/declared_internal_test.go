package config

import (
	"encoding"
	"errors"
	"net/netip"
	"net/url"
	"reflect"
	"testing"
	"time"

	"github.com/caarlos0/env/v11"
)

// TestReadableIsWhatTheLibraryReads holds the types that are taken against what
// github.com/caarlos0/env does with a value for them.
func TestReadableIsWhatTheLibraryReads(t *testing.T) {
	type named int
	type group struct{ A string }
	_ = encoding.TextUnmarshaler(new(netip.Addr))
	for typ, want := range map[reflect.Type]bool{
		reflect.TypeFor[string]():                   true,
		reflect.TypeFor[Secret]():                   true,
		reflect.TypeFor[named]():                    true,
		reflect.TypeFor[uint8]():                    true,
		reflect.TypeFor[float32]():                  true,
		reflect.TypeFor[time.Duration]():            true,
		reflect.TypeFor[time.Time]():                true,
		reflect.TypeFor[time.Location]():            true,
		reflect.TypeFor[url.URL]():                  true,
		reflect.TypeFor[*url.URL]():                 true,
		reflect.TypeFor[netip.Addr]():               true,
		reflect.TypeFor[*netip.Addr]():              true,
		reflect.TypeFor[*bool]():                    true,
		reflect.TypeFor[[]string]():                 true,
		reflect.TypeFor[[]*int]():                   true,
		reflect.TypeFor[[]netip.Addr]():             true,
		reflect.TypeFor[[]*netip.Addr]():            true,
		reflect.TypeFor[[]byte]():                   true,
		reflect.TypeFor[map[string]int]():           true,
		reflect.TypeFor[map[string]time.Duration](): true,
		reflect.TypeFor[chan int]():                 false,
		reflect.TypeFor[func()]():                   false,
		reflect.TypeFor[any]():                      false,
		reflect.TypeFor[complex64]():                false,
		reflect.TypeFor[uintptr]():                  false,
		reflect.TypeFor[*[]string]():                false,
		reflect.TypeFor[**int]():                    false,
		reflect.TypeFor[[][]string]():               false,
		reflect.TypeFor[[2]int]():                   false,
		reflect.TypeFor[map[string][]int]():         false,
		reflect.TypeFor[map[netip.Addr]string]():    false,
		reflect.TypeFor[map[string]*int]():          false,
		reflect.TypeFor[[]group]():                  false,
	} {
		if got := readable(typ); got != want {
			t.Errorf("readable(%v) is %v", typ, got)
		}
		alone := reflect.StructOf([]reflect.StructField{{Name: "X", Type: typ, Tag: `env:"X"`}})
		err := env.ParseWithOptions(reflect.New(alone).Interface(), env.Options{Environment: map[string]string{"X": "1:1"}, FuncMap: parsers})
		var all env.AggregateError
		_, refused := error(nil), false
		if errors.As(err, &all) {
			_, refused = errors.AsType[env.NoParserError](all.Errors[0])
		}
		if refused == want {
			t.Errorf("%v: the library says %v", typ, err)
		}
	}
}
