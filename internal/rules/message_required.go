package rules

import (
	"encoding"
	"reflect"
	"strings"
	"time"
)

// What required says of a value that is not there, and of one that is zero.
const (
	isRequiredText  = "is required"
	notFalseText    = "must not be false"
	notZeroText     = "must not be 0"
	notEmptyText    = "must not be empty"
	conditionalText = " here" // is added when it depends on other fields
)

// requiredMessage says what is wrong with a value that required, or a rule of its family, is
// broken by, when it was sent.
func requiredMessage(rule string, kind reflect.Kind, t reflect.Type) string {
	text := zeroText(kind, t)
	if rule != "required" {
		text += conditionalText
	}
	return text
}

func zeroText(kind reflect.Kind, t reflect.Type) string {
	switch {
	case kind == reflect.Pointer || kind == reflect.Interface || kind == reflect.Slice || kind == reflect.Map || kind == reflect.Invalid:
		return isRequiredText // nil, which is null when it was sent
	case t != nil && t != reflect.TypeFor[time.Duration]() && reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return notEmptyText // whatever it is in Go
	case kind == reflect.Bool:
		return notFalseText
	case kind >= reflect.Int && kind <= reflect.Complex128:
		return notZeroText
	}
	return notEmptyText
}

// AsAbsent returns the message of a value that was not sent, from that of one that was.
func AsAbsent(message string) (absent string, zero bool) {
	text, conditional := strings.CutSuffix(message, conditionalText)
	if text != notFalseText && text != notZeroText && text != notEmptyText {
		return message, false
	}
	if conditional {
		return isRequiredText + conditionalText, true
	}
	return isRequiredText, true
}
