package middleware

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/anygrain/anygrain/internal/fieldline"
)

// check returns everything that is wrong with the options, joined.
func (o CORSOptions) check() error {
	var errs []error
	problem := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("middleware.CORSOptions: "+format, args...))
	}
	o.checkOrigins(problem)
	checkTokens("AllowedMethods", o.AllowedMethods, problem)
	checkTokens("AllowedHeaders", o.AllowedHeaders, problem)
	checkTokens("ExposedHeaders", o.ExposedHeaders, problem)
	checkMethods(o.AllowedMethods, problem)
	if o.AllowCredentials && slices.Contains(o.ExposedHeaders, "*") {
		problem(`ExposedHeaders is "*", which browsers take literally when credentials are allowed; list the fields`)
	}
	if o.MaxAge > 0 && o.MaxAge%time.Second != 0 {
		problem("MaxAge is %v; the header has whole seconds, so round it", o.MaxAge)
	}
	return errors.Join(errs...)
}

type reporter func(format string, args ...any)

func (o CORSOptions) checkOrigins(problem reporter) {
	all := slices.Contains(o.AllowedOrigins, "*")
	switch {
	case len(o.AllowedOrigins) == 0 && o.AllowOriginFunc == nil:
		problem("AllowedOrigins and AllowOriginFunc are empty, so no page could use the app; list origins, or leave out CORS")
	case all && (len(o.AllowedOrigins) > 1 || o.AllowOriginFunc != nil):
		problem(`AllowedOrigins has "*", which allows every origin, and more; keep one of the two`)
	}
	if all && o.AllowCredentials {
		problem(`AllowedOrigins is "*" and AllowCredentials is set: any page could act as its visitor; list the origins`)
	}
	if o.AllowCredentials && slices.Contains(o.AllowedOrigins, "null") {
		problem(`AllowedOrigins has "null" and AllowCredentials is set: any page can make its origin null; list real origins`)
	}
	for i, origin := range o.AllowedOrigins {
		if why := originProblem(strings.ToLower(origin)); why != "" {
			problem("AllowedOrigins[%d] is %q: %s", i, origin, why)
		}
	}
}

// originForm is scheme://host[:port]; the host is checked for its star alone.
var originForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([a-z][a-z0-9+.-]*)://([a-z0-9._*-]+|\[[0-9a-f:.]+\])(:[0-9]+)?$`)
})

// originProblem says why no browser could send the origin, "" when one could.
func originProblem(origin string) string {
	if origin == "*" || origin == "null" {
		return ""
	}
	parts := originForm().FindStringSubmatch(origin)
	if parts == nil {
		return `an origin is scheme://host or scheme://host:port, without a path or a slash at the end`
	}
	scheme, host, port := parts[1], parts[2], parts[3]
	if scheme == "http" && port == ":80" || scheme == "https" && port == ":443" {
		return "browsers leave out the scheme's standard port; leave out " + port
	}
	if rest, star := strings.CutPrefix(host, "*."); strings.Contains(rest, "*") || star && rest == "" {
		return `a star stands for all subdomains and nothing else: "https://*.example.com"`
	}
	return ""
}

func checkTokens(field string, list []string, problem reporter) {
	for i, name := range list {
		switch {
		case name == "*" && len(list) > 1:
			problem(`%s has "*", which allows everything, and more; keep one of the two`, field)
		case !fieldline.IsToken(name):
			problem("%s[%d] is %q, which is not a token (RFC 9110 section 5.6.2); give each name an entry of its own", field, i, name)
		}
	}
}

// checkMethods finds methods in lower case: browsers compare them byte by byte
// (Fetch standard, "CORS-preflight fetch").
func checkMethods(methods []string, problem reporter) {
	for i, method := range methods {
		if upper := strings.ToUpper(method); method != upper {
			problem("AllowedMethods[%d] is %q; methods are case-sensitive, write %q", i, method, upper)
		}
	}
}
