package binding

import (
	"encoding/json"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"
)

// numberType is the number of encoding/json that keeps its digits.
var numberType = reflect.TypeFor[json.Number]()

// isNumber reports whether the text is a number as JSON writes it.
func isNumber(text string) bool {
	value := jsontext.Value(text)
	return value.Kind() == '0' && value.IsValid() && text[len(text)-1] > ' '
}
