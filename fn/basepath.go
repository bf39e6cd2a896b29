package fn

import "strings"

// BasePath is the path under which a custom domain of API Gateway, a load balancer
// or a proxy mounts the app: "/v1". Behind such a front door the Lambda host takes
// it off a request's path when it is there; a route of the app that has it itself
// is found all the same. The default is none. A REST API's base path is found
// without it. A server behind a proxy gets its paths without one: the proxy, or
// http.StripPrefix, takes it off.
func BasePath(path string) AppOption {
	return appOption(func(s *settings) { s.basePath = rooted(path) })
}

// rooted is the path with a slash in front and none at its end, "" for none.
func rooted(path string) string {
	if path = strings.Trim(path, "/"); path == "" {
		return ""
	}
	return "/" + path
}

// BasePath returns what the app's option of that name says: "/v1", or "".
func (u *Unit) BasePath() string { return u.app.settings.basePath }
