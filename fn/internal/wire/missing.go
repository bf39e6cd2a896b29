package wire

import (
	"cmp"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Missing returns the path of a member that the reader of a value knows and its
// writer did not write, "" when there is none. Read is the value as its reader
// would write it; what is null there counts as optional.
func Missing(written, read jsontext.Value) string {
	var w, r any
	if json.Unmarshal(written, &w) != nil || json.Unmarshal(read, &r) != nil {
		return ""
	}
	return missing(w, r, "")
}

func missing(written, read any, at string) string {
	if written == nil && read != nil {
		return cmp.Or(at, "/")
	}
	switch read := read.(type) {
	case map[string]any:
		w, ok := written.(map[string]any)
		if !ok {
			return ""
		}
		for name, value := range read {
			other := w[name]
			if path := missing(other, value, at+"/"+name); path != "" {
				return path
			}
		}
	case []any:
		w, _ := written.([]any)
		for i := range min(len(w), len(read)) {
			if path := missing(w[i], read[i], at); path != "" {
				return path
			}
		}
	}
	return ""
}
