package quick

import "reflect"

// hiddenText is a struct that is a text for validator: ValidatorValue returns what
// Reveal does. Such is config.Secret.
type hiddenText interface {
	Reveal() string
	ValidatorValue() any
}

func hidesText(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.Implements(reflect.TypeFor[hiddenText]())
}

// leadsToText reports whether the type is a pointer to a hidden text.
func leadsToText(t reflect.Type) bool { return t.Kind() == reflect.Pointer && hidesText(t.Elem()) }

// hidden compiles the rules of a hidden text, which are those of a string.
func (c *compiler) hidden(rules []string, pointed bool) valueCheck {
	check := c.sequence(reflect.TypeFor[string](), rules, pointed)
	if check == nil {
		return nil
	}
	return func(v reflect.Value, to *report) bool {
		text, _ := v.Interface().(hiddenText)
		return check(reflect.ValueOf(text.Reveal()), to)
	}
}
