package config

import (
	"net/netip"
	"net/url"
	"reflect"
	"testing"
	"time"
)

// TestTypesThatCanBeRead is a table of those that a variable can be read as. It is that of
// github.com/caarlos0/env, whose tags a config has.
func TestTypesThatCanBeRead(t *testing.T) {
	type named int
	type group struct{ A string }
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
		if got := readerOf(typ, "") != nil; got != want {
			t.Errorf("%v can be read: %t, want %t", typ, got, want)
		}
	}
}
