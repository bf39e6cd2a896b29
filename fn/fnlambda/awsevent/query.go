package awsevent

import (
	"net/url"
	"strings"
)

// query splits a query at its ampersands into names and values, each through
// decode. It is nil when there is no parameter.
func query(raw string, decode func(string) string) map[string][]string {
	var out map[string][]string
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		if out == nil {
			out = map[string][]string{}
		}
		name, value, _ := strings.Cut(pair, "=")
		name = decode(name)
		out[name] = append(out[name], decode(value))
	}
	return out
}

// verbatim leaves names and values as they are: load balancers do.
func verbatim(s string) string { return s }

// decoded decodes as forms do; what is no valid encoding stays as it is.
func decoded(s string) string {
	if d, err := url.QueryUnescape(s); err == nil {
		return d
	}
	return s
}

// orEmpty is for the maps that a load balancer sends empty and not as null.
func orEmpty[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}
