package fieldline

// IsHosts reports whether a field, its name in canonical form, is for the host that
// writes the message to set and for nobody else: those of the connection, which no
// intermediary passes on (RFC 9110 section 7.6.1, RFC 9113 section 8.2.2), and those
// that say how the body is sent, its length and what trails it (RFC 9110 sections 8.6
// and 6.6.2).
func IsHosts(name string) bool {
	switch name {
	case "Connection", "Keep-Alive", "Proxy-Connection", "Te", "Transfer-Encoding", "Upgrade", // of the connection
		"Content-Length", "Trailer": // of the body
		return true
	}
	return false
}
