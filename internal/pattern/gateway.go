package pattern

import "strings"

// Gateway writes the path as a route of API Gateway, where {rest...} is {rest+}.
// It is false for what has no route there of its own: a trailing slash, {$}
// behind one.
func (p *Pattern) Gateway() (route string, ok bool) {
	var b strings.Builder
	for _, s := range p.Segments() {
		switch {
		case s.Wildcard != "" && s.Multi:
			b.WriteString("/{" + s.Wildcard + "+}")
		case s.Wildcard != "":
			b.WriteString("/{" + s.Wildcard + "}")
		case s.Literal != "":
			b.WriteString("/" + s.Literal)
		case s.End && b.Len() == 0:
			return "/", true
		default:
			return "", false
		}
	}
	return b.String(), true
}
