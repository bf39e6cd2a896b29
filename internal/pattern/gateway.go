package pattern

import "strings"

// GatewayPath writes the path in API Gateway's grammar: {rest...} is {rest+} there,
// and {$} does not exist.
func (p *Pattern) GatewayPath() string {
	var b strings.Builder
	for _, s := range p.Segments() {
		switch {
		case s.Wildcard != "" && s.Multi:
			b.WriteString("/{" + s.Wildcard + "+}")
		case s.Wildcard != "":
			b.WriteString("/{" + s.Wildcard + "}")
		case s.End, s.Multi:
			b.WriteString("/")
		default:
			b.WriteString("/" + s.Literal)
		}
	}
	return b.String()
}

// Gateway returns the path as a route of API Gateway. It is false for what has no
// route there of its own: a trailing slash, {$} behind one.
func (p *Pattern) Gateway() (route string, ok bool) {
	segments := p.Segments()
	last := segments[len(segments)-1]
	subtree := last.Multi && last.Wildcard == ""
	if subtree || last.End && len(segments) > 1 {
		return "", false
	}
	return p.GatewayPath(), true
}
