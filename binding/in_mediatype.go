package binding

import (
	"mime"
	"strings"
)

const (
	expectJSONType = "must be application/json in UTF-8, or a type that ends in +json"
	expectFormType = "must be application/x-www-form-urlencoded or multipart/form-data, in UTF-8"
)

// checkJSON refuses a body that is not declared as JSON. One without a
// Content-Type is taken for it.
func (r *request) checkJSON() error {
	if err := r.checkEncoding(); err != nil {
		return err
	}
	contentType := r.contentType()
	if contentType == "" || contentType == "application/json" || r.limits.AnyMediaType {
		return nil
	}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil || !isUTF8(params) || media != "application/json" && !strings.HasSuffix(media, "+json") {
		return wrongMediaType(expectJSONType)
	}
	return nil
}

// contentType returns the declared type of the body, "" when it has none. One
// that was sent twice is no media type.
func (r *request) contentType() string {
	value, _ := r.header("Content-Type")
	return value
}

// isUTF8 takes utf8 too, which is no registered name and is sent all the same.
func isUTF8(params map[string]string) bool {
	switch charset, ok := params["charset"]; strings.ToLower(charset) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return true
	default:
		return !ok
	}
}
