package binding

import (
	"strconv"
	"strings"
)

// Kind says in which way a request could not be bound.
type Kind int

const (
	// Malformed: a part of the request cannot be read as what the In declares (HTTP 400).
	Malformed Kind = iota + 1
	// Invalid: everything could be read, and a value breaks a rule (HTTP 422).
	Invalid
	// TooLarge: the body is larger than the limit (HTTP 413).
	TooLarge
	// MediaType: the body is of a type that the function does not take (HTTP 415).
	MediaType
	// Unreadable: the body broke off or the client went away (HTTP 400).
	Unreadable
)

// Violation is one thing that is wrong with a request, in the client's terms.
// It never carries the client's own value.
type Violation struct {
	// Location is the place in the request: "query.limit", "header.X-Tenant",
	// "path.id", "cookie.session", "form.text", "body", "body.items[3].quantity".
	Location string `json:"location"`
	// Rule is the rule that was broken: a validate rule ("min"), or one of
	// "type", "syntax", "unknown", "duplicate", "required", "size", "media_type".
	Rule string `json:"rule"`
	// Message is a sentence for a person.
	Message string `json:"message"`
}

// Error is a request that could not be bound. All violations that were found
// are listed, in the order of the In's fields.
type Error struct {
	Kind       Kind
	Violations []Violation
	Cause      error // for the log only; may be nil
}

// Error joins the violations.
func (e *Error) Error() string {
	if e == nil {
		return "a nil *binding.Error"
	}
	var b strings.Builder
	for i, v := range e.Violations {
		if i > 0 {
			b.WriteString("; ")
		}
		if v.Location != "" {
			b.WriteString(v.Location + " ")
		}
		b.WriteString(v.Message)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Cause
}

// Violate returns an *Error of one violation, for a type's Validate method.
// The location is a place within the value that is validated, in the client's
// words: "quantity", "items[3].sku", or "" for the value itself; what leads to
// the value is put before it: "body.quantity" of the In itself, "body.items[3].quantity"
// of one of its items. errors.Join makes one error of several.
func Violate(location, rule, message string) error {
	return &Error{Kind: Invalid, Violations: []Violation{{location, rule, message}}}
}

// refuse is a request that is refused for its body alone.
func refuse(kind Kind, rule, message string) *Error {
	return &Error{Kind: kind, Violations: []Violation{{string(InBody), rule, message}}}
}

func tooLarge(limit int64) error {
	return refuse(TooLarge, "size", "must have at most "+strconv.FormatInt(limit, 10)+" bytes")
}

func wrongMediaType(message string) error { return refuse(MediaType, "media_type", message) }
