package wire

import (
	"maps"
	"slices"
	"strings"

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
	names, ok := missing(w, r)
	if !ok {
		return ""
	}
	slices.Reverse(names)
	path := "/" + strings.Join(names, "/")
	if len(path) > maxPath {
		path = strings.ToValidUTF8(path[:maxPath], "") + "…"
	}
	return path
}

// maxPath is how much of a path is told, in bytes.
const maxPath = 200

// missing returns the names on the way to the member, the innermost first: most
// values lack nothing, and need no path.
func missing(written, read any) (names []string, found bool) {
	if written == nil && read != nil {
		return nil, true
	}
	switch read := read.(type) {
	case map[string]any:
		w, ok := written.(map[string]any)
		if !ok {
			return nil, false
		}
		for _, name := range slices.Sorted(maps.Keys(read)) {
			if names, found := missing(w[name], read[name]); found {
				return append(names, name), true
			}
		}
	case []any:
		w, _ := written.([]any)
		for i := range min(len(w), len(read)) {
			if names, found := missing(w[i], read[i]); found {
				return names, true
			}
		}
	}
	return nil, false
}
