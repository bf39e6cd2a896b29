package frontdoor

import (
	"strings"

	"github.com/anygrain/anygrain/binding"
)

// mayBeText decides whether a body travels as text in the JSON response, if it is
// UTF-8. What is not text goes as base64. A wrong answer costs much in one
// direction only: a REST API that has no binaryMediaTypes hands base64 to the
// client as it is.
func mayBeText(header binding.Header) bool {
	return !encoded(header.Get("Content-Encoding")) && textType(header.Get("Content-Type"))
}

// encoded reports whether the body is compressed.
func encoded(contentEncoding string) bool {
	return contentEncoding != "" && !strings.EqualFold(contentEncoding, "identity")
}

// textType reports whether a media type is one of text; without one the body decides.
func textType(contentType string) bool {
	if contentType == "application/json" { // at once, since most are
		return true
	}
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	switch {
	case media == "", strings.HasPrefix(media, "text/"), strings.HasSuffix(media, "+json"), strings.HasSuffix(media, "+xml"):
		return true
	}
	switch media {
	case "application/json", "application/xml", "application/javascript", "application/x-www-form-urlencoded",
		"application/x-ndjson", "application/jsonl", "application/yaml", "application/toml", "application/graphql", "application/sql":
		return true
	}
	return false
}
