package fnlambda

import (
	"net/url"
	"strings"
)

// queryString returns the query as it stands in a URL. Payload 2.0 has it so;
// payload 1.0 has maps of decoded values, which are encoded again, so that one
// parser decides for all hosts; a load balancer leaves names and values encoded.
func (e *event) queryString() string {
	switch {
	case e.format.v2():
		return e.rawQuery
	case len(e.query.list) == 0:
		return ""
	}
	escape := e.format.decodedMaps()
	var b strings.Builder
	for i, f := range e.query.list {
		for _, value := range e.query.of(i) {
			writeParameter(&b, f.name, value, escape)
		}
	}
	return b.String()
}

func writeParameter(b *strings.Builder, name, value string, escape bool) {
	if escape {
		name, value = url.QueryEscape(name), url.QueryEscape(value)
	}
	if b.Len() > 0 {
		b.WriteByte('&')
	}
	b.WriteString(name)
	b.WriteByte('=')
	b.WriteString(value)
}
