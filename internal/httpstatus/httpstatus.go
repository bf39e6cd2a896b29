// Package httpstatus is what fn and its hosts know of statuses of HTTP. net/http knows
// them too, and would add more than a megabyte to a binary for it.
package httpstatus

import "strconv"

// HasBody reports whether a response of the status has a body (RFC 9110 sections 15.3.5
// and 15.4.5), unless the request's method says otherwise.
func HasBody(status int) bool { return status != 204 && status != 304 }

// Text returns the phrase of the statuses that errors have (RFC 9110 section 15; 499
// as nginx has it).
func Text(status int) string {
	if text, ok := texts[status]; ok {
		return text
	}
	return "Status " + strconv.Itoa(status)
}

var texts = map[int]string{
	400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
	405: "Method Not Allowed", 406: "Not Acceptable", 407: "Proxy Authentication Required", 408: "Request Timeout",
	409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large",
	414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable", 417: "Expectation Failed",
	418: "I'm a teapot", 421: "Misdirected Request", 422: "Unprocessable Content", 423: "Locked", 424: "Failed Dependency",
	425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
	431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons", 499: "Client Closed Request",
	500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
	504: "Gateway Timeout", 505: "HTTP Version Not Supported", 507: "Insufficient Storage", 508: "Loop Detected",
	511: "Network Authentication Required",
}
