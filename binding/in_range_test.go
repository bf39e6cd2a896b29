package binding_test

import (
	"testing"
)

type quotedNumbers struct {
	Keys    map[int64]int       `json:"keys"`
	Quoted  int64               `json:"quoted,string"`
	Pointer *uint64             `json:"pointer,string"`
	Floats  map[float64]int     `json:"floats"`
	Nested  []map[uint64]string `json:"nested"`
	Plain   int64               `json:"plain"`
}

// The range is named wherever a number stands in quotes too.
func TestNumbersInQuotesThatAreTooLarge(t *testing.T) {
	const whole, positive = "must be an integer between -9223372036854775808 and 9223372036854775807", "must be an integer between 0 and 18446744073709551615"
	for body, want := range map[string]string{
		`{"keys":{"9223372036854775808":1}}`:             "body.keys.9223372036854775808 type: " + whole,
		`{"keys":{"x":1}}`:                               "body.keys.x type: must be an integer",
		`{"quoted":"-9223372036854775809"}`:              "body.quoted type: " + whole,
		`{"quoted":"\u0039223372036854775808"}`:          "body.quoted type: " + whole,
		`{"quoted":"x"}`:                                 "body.quoted type: must be an integer",
		`{"pointer":"18446744073709551616"}`:             "body.pointer type: " + positive,
		`{"floats":{"1e400":1}}`:                         "body.floats.1e400 type: must be a number between -1.7976931348623157e+308 and 1.7976931348623157e+308",
		`{"nested":[{"18446744073709551616":"secret"}]}`: "body.nested[0].18446744073709551616 type: " + positive,
		`{"plain":"12"}`:                                 "body.plain type: must be an integer",
	} {
		_, err := bind[quotedNumbers](t, withJSON(body))
		wantTold(t, err, "malformed", want)
	}
}
