package remote

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/internal/funcname"
)

// target is where a rule leads to, with placeholders.
type target struct {
	lambda string // a function's name or ARN, "" for HTTP
	url    string // of a server, without a slash at the end
}

// lambdaName is a function's name with an optional qualifier, or a full ARN
// (AWS Lambda API reference, Invoke, FunctionName and Qualifier).
var lambdaName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\d{12}:function:)?[a-zA-Z0-9_-]+(:(\$LATEST|[a-zA-Z0-9_-]+))?$`)
})

var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{[^{}]*\}`)
})

func parseTarget(text string) (target, error) {
	for _, p := range placeholder().FindAllString(text, -1) {
		if funcname.Fill(p, "group.function") == p {
			return target{}, fmt.Errorf("%s is no placeholder; there are {group}, {function} and {name}", p)
		}
	}
	example := funcname.Fill(text, "group.function")
	if name, ok := strings.CutPrefix(example, "lambda:"); ok {
		if !lambdaName().MatchString(name) {
			return target{}, fmt.Errorf("the target names no Lambda function: want lambda:NAME, lambda:NAME:QUALIFIER or lambda:ARN with letters, digits, hyphens and underscores")
		}
		return target{lambda: strings.TrimPrefix(text, "lambda:")}, nil
	}
	u, err := url.Parse(example)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return target{}, fmt.Errorf("the target is none of lambda:NAME, https://HOST and http://HOST")
	}
	if u.User != nil || strings.ContainsAny(example, "?#") {
		return target{}, fmt.Errorf("the URL has more than a host and a path; a secret belongs into %s", SecretVariable)
	}
	return target{url: strings.TrimSuffix(text, "/")}, nil
}
