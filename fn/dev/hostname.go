package dev

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// localNames are the domains that nobody on the internet can have (RFC 6761, RFC
// 6762, and ICANN's choice for private use).
var localNames = []string{"localhost", "local", "internal", "test"}

// onlyHere refuses requests for a name that leads to this machine by the will of
// somebody else. A page of another site could read the gateway's answers under a name of its
// own that it makes lead here (DNS rebinding); Host tells. Addresses, names without a dot, those
// of localNames and the one that was asked for pass.
func onlyHere(addr string, h http.Handler) http.Handler {
	asked, _, _ := net.SplitHostPort(addr)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLocal(r.Host, asked) {
			http.Error(w, "this gateway is for this machine: ask for localhost, an address, or the name that dev was given as its address", http.StatusForbidden)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// isLocal reports whether the Host of a request is one of this machine's names.
func isLocal(host, asked string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if _, err := netip.ParseAddr(name); err == nil || name != "" && name == strings.ToLower(asked) {
		return true
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	return name == last || slices.Contains(localNames, last)
}
