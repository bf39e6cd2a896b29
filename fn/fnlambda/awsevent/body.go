package awsevent

import (
	"encoding/base64"
	"mime"
	"strings"
	"unicode/utf8"
)

// body returns the body as the event carries it.
func (r *Request) body(f Format) (text string, isBase64 bool) {
	if len(r.Body) == 0 {
		return "", false
	}
	if r.asText(f) {
		return string(r.Body), false
	}
	return base64.StdEncoding.EncodeToString(r.Body), true
}

// asText says whether the front door sends the body as text.
//
// A REST API does unless its binaryMediaTypes cover the type; without them it
// spoils what is not UTF-8, so here such bodies count as covered. Load balancers
// have a list ("Lambda functions as targets for Application Load Balancers"),
// HTTP APIs and function URLs treat forms as binary too.
func (r *Request) asText(f Format) bool {
	switch {
	case !utf8.Valid(r.Body):
		return false
	case f == REST:
		return true
	case f.alb() && has(r.Header, "Content-Encoding"):
		return false
	}
	media, _, err := mime.ParseMediaType(last(values(r.Header, "Content-Type")))
	return err == nil && textual(f, media)
}

func textual(f Format, media string) bool {
	switch media {
	case "application/json", "application/javascript", "application/xml":
		return true
	}
	if strings.HasPrefix(media, "text/") {
		return true
	}
	return !f.alb() && (strings.HasSuffix(media, "+json") || strings.HasSuffix(media, "+xml"))
}
