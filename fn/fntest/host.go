package fntest

import (
	"context"
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// server is a unit under test on one host.
type server interface {
	do(ctx context.Context, r Request) (received, error)
	invoke(ctx context.Context, name string, in []byte) ([]byte, error)
	losses(r Request) []string // what the platform does not pass on of a request
}

// connected is a server that is reached through connections.
type connected interface {
	close() error
	serving() []string // the goroutines that ran functions for it
}

func closeServer(s server) error {
	if c, ok := s.(connected); ok {
		return c.close()
	}
	return nil
}

func serving(s server) []string {
	if c, ok := s.(connected); ok {
		return c.serving()
	}
	return nil
}

// cuts reports whether the host can cut an answer that has begun. Lambda's
// front doors get answers whole.
func cuts(s server) bool {
	switch s := s.(type) {
	case *onLambda:
		return false
	case *split:
		return cuts(s.whole)
	}
	return true
}

// ownAnswer says that a platform answers by itself, before it asks the unit: a
// front door to what is too large, net/http to a target that is no URL.
type ownAnswer struct{ error }

type opener func(ctx context.Context, unit *fn.Unit) (server, error)

// Direct is the name of the host without a platform, which the others are
// compared with.
const Direct = "direct"

// Shared is the name of the host "direct" as it is in production: a call in one
// unit shares its In and its Out instead of copying them, and one that fn.Needs does
// not declare is logged and goes on. On all others calls are strict (fn.Strict).
const Shared = Direct + "/shared"

// hosts are what Each runs on: a unit with all functions on every host and
// behind every front door, and the app cut up. Where a front door has both, the event names the
// route once, and once leaves the search to the function.
var hosts = []struct {
	name string
	open opener
}{
	{Direct, openPlain},
	{Shared, openPlain},
	{"http", openHTTP},
	{"lambda/rest-1.0", behind(awsevent.REST, true, "")},
	{"lambda/rest-1.0/proxy", behind(awsevent.REST, false, "")},
	{"lambda/http-1.0", behind(awsevent.HTTPAPIv1, true, "")},
	{"lambda/http-2.0", behind(awsevent.HTTPAPI, true, "")},
	{"lambda/http-2.0/default", behind(awsevent.HTTPAPI, false, "")},
	{"lambda/http-2.0/stage", behind(awsevent.HTTPAPI, true, "live")},
	{"lambda/function-url", behind(awsevent.FunctionURL, false, "")},
	{"lambda/alb", behind(awsevent.ALB, false, "")},
	{"lambda/alb-multi", behind(awsevent.ALBMulti, false, "")},
	{"grain/group", cut("lambda:{group}", asLambda, invokeUnitOf)},
	{"grain/function", cut("lambda:{name}", asLambda, invokeUnitOf)},
	{"grain/group/http", cut("http://{group}", openHTTP, postToUnit)},
}

// unlisted are hosts that only the tests of this package run on: what they show
// is between the front door and the host, and not the business of an app.
var unlisted = map[string]opener{
	"lambda/rest-1.0/domain":       behindDomain(true),
	"lambda/rest-1.0/proxy/domain": behindDomain(false),
}

// HostNames lists the hosts in the order in which Each runs them.
func HostNames() []string {
	names := make([]string, len(hosts))
	for i, h := range hosts {
		names[i] = h.name
	}
	return names
}

func openerOf(name string) (opener, error) {
	for _, h := range hosts {
		if h.name == name {
			return h.open, nil
		}
	}
	if open, ok := unlisted[name]; ok {
		return open, nil
	}
	return nil, fmt.Errorf("fntest: there is no host %q; there are %s", name, strings.Join(HostNames(), ", "))
}
