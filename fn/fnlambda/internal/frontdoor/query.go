package frontdoor

import "net/url"

// Query returns the query as it stands in a URL. Payload 2.0 has it so;
// payload 1.0 has maps of decoded values, which are encoded again, so that one
// parser decides for all hosts; a load balancer leaves names and values encoded.
func (e *Event) Query() string {
	if e.Format.Payload2() {
		return e.rawQuery
	}
	var buffer [256]byte
	b := e.appendFields(buffer[:0], &e.query.multi, nil)
	return string(e.appendFields(b, &e.query.single, &e.query.multi))
}

// appendFields appends the parameters of a map that are not in another.
func (e *Event) appendFields(dst []byte, f, unless *fields) []byte {
	var values [8]string
	escape := e.Format.decodedMaps()
	for i := range f.positions {
		name := f.name(i)
		if unless != nil && unless.has(name, i) {
			continue
		}
		for _, value := range f.append(values[:0], i) {
			dst = appendParameter(dst, name, value, escape)
		}
	}
	return dst
}

func appendParameter(dst []byte, name, value string, escape bool) []byte {
	if escape {
		name, value = url.QueryEscape(name), url.QueryEscape(value)
	}
	if len(dst) > 0 {
		dst = append(dst, '&')
	}
	dst = append(append(dst, name...), '=')
	return append(dst, value...)
}
