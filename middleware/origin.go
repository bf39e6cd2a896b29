package middleware

import (
	"context"
	"strings"
)

// origins decides which origins are allowed.
type origins struct {
	all      bool
	exact    map[string]bool
	wildcard []wildcard
	ask      func(ctx context.Context, origin string) bool
}

// wildcard is an allowed origin with a star, cut in two at it.
type wildcard struct{ before, after string }

func compileOrigins(o CORSOptions) origins {
	c := origins{exact: map[string]bool{}, ask: o.AllowOriginFunc}
	for _, origin := range o.AllowedOrigins {
		origin = strings.ToLower(origin)
		before, after, star := strings.Cut(origin, "*")
		switch {
		case origin == "*":
			c.all = true
		case star:
			c.wildcard = append(c.wildcard, wildcard{before, after})
		default:
			c.exact[origin] = true
		}
	}
	return c
}

// allow compares byte by byte: browsers send origins in one form only, in
// lower case and without a standard port (HTML standard, "serialization of an
// origin").
func (c *origins) allow(ctx context.Context, origin string) bool {
	if c.exact[origin] {
		return true
	}
	for _, w := range c.wildcard {
		if w.matches(origin) {
			return true
		}
	}
	return c.ask != nil && c.ask(ctx, origin)
}

// matches reports whether host labels, and nothing else, stand for the star:
// "https://evil.test/.example.com" must not pass for a subdomain.
func (w wildcard) matches(origin string) bool {
	rest, ok := strings.CutPrefix(origin, w.before)
	if !ok {
		return false
	}
	labels, ok := strings.CutSuffix(rest, w.after)
	return ok && areLabels(labels)
}

func areLabels(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if label == "" {
			return false
		}
		for i := range len(label) {
			c := label[i]
			if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
				return false
			}
		}
	}
	return true
}
