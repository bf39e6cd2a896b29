package fnlambda

import "strings"

// selectorOf returns the selector in Lambda's Handler setting: "orders.get",
// "orders.*", "*" or a list of these. The setting is required for zips and
// ignored by the runtime, so that most have a filler there ("bootstrap",
// "main"): a setting without a dot or a star selects everything.
func selectorOf(handler string) string {
	if !strings.ContainsAny(handler, ".*") {
		return "*"
	}
	return handler
}
