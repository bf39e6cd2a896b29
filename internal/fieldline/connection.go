package fieldline

import "strings"

// IsHosts reports whether a field is for the host that writes the message to set and for
// nobody else: those of the connection, and the length of the body.
func IsHosts(name string) bool {
	return OfConnection(name) || strings.EqualFold(name, "Content-Length")
}

// OfConnection reports whether a field is about the connection that carries the message, which
// no intermediary passes on (RFC 9110 section 7.6.1, RFC 9113 section 8.2.2). Trailer is one
// of them: it announces what this connection sends behind the body (RFC 9110 section 6.6.2).
func OfConnection(name string) bool {
	switch len(name) { // most names have another length
	case len("TE"):
		return strings.EqualFold(name, "TE")
	case len("Upgrade"): // and Trailer
		return strings.EqualFold(name, "Upgrade") || strings.EqualFold(name, "Trailer")
	case len("Connection"): // and Keep-Alive
		return strings.EqualFold(name, "Connection") || strings.EqualFold(name, "Keep-Alive")
	case len("Proxy-Connection"):
		return strings.EqualFold(name, "Proxy-Connection")
	case len("Transfer-Encoding"):
		return strings.EqualFold(name, "Transfer-Encoding")
	}
	return false
}
