package rules_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/anygrain/anygrain/internal/rules"
)

func TestAVerdictHoldsUnlessSomethingElseIsAsked(t *testing.T) {
	type day time.Time
	text, moment := reflect.TypeFor[string](), reflect.TypeFor[time.Time]()
	tests := map[string]struct {
		typ  reflect.Type
		rule string
		want bool
	}{
		"a form":                           {text, "url", true},
		"a length":                         {text, "min", true},
		"a duration":                       {reflect.TypeFor[time.Duration](), "min", true},
		"a list of numbers":                {reflect.TypeFor[[]int](), "gt", true},
		"alternatives":                     {text, "url|eq=a", true},
		"presence":                         {text, "required", true},
		"presence of a time":               {moment, "required", true},
		"a custom rule":                    {text, "sku", true},
		"a file":                           {text, "file", false},
		"the form of a path, by the disk":  {text, "dirpath", false},
		"a time zone":                      {text, "timezone", false},
		"the address of a host":            {text, "tcp_addr", false},
		"a socket":                         {text, "unix_addr", false},
		"a file or a directory":            {text, "file|dir", false},
		"a URL or a file":                  {text, "url|file", false},
		"a parameter or a file":            {text, "eq=a|file", false},
		"a later time than now":            {moment, "gt", false},
		"now with a parameter":             {moment, "gt=now", false},
		"min, which is gte":                {moment, "min", false},
		"now or a value":                   {moment, "lt|eq=a", false},
		"a pointer to a time":              {reflect.TypeFor[*time.Time](), "lte", false},
		"a list of times":                  {reflect.TypeFor[[]*time.Time](), "max", false},
		"a type that is a time":            {reflect.TypeFor[day](), "gt", false},
		"another field":                    {text, "eqfield", false},
		"a field of another struct":        {text, "gtcsfield", false},
		"what another field contains":      {text, "fieldcontains", false},
		"a postcode by another field":      {text, "postcode_iso3166_alpha2_field", false},
		"required by another field":        {text, "required_if", false},
		"excluded by another field":        {text, "excluded_without", false},
		"a method of the value":            {text, "validateFn", false},
		"a value or another field's value": {text, "eq=a|eqfield=B", false},
	}
	for name, test := range tests {
		if got := rules.HoldEverywhere(test.typ, test.rule); got != test.want {
			t.Errorf("%s: %s on %v is %v", name, test.rule, test.typ, got)
		}
	}
}
