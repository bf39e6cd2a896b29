package dev

import (
	"net"
	"net/http"
)

// private is an API for the processes of the deployment alone. Pages in a browser
// can reach loopback too: by a form, which says where it comes from, or under a
// name of their own that leads here (DNS rebinding), which stands in Host.
func private(l net.Listener, h http.Handler) http.Handler {
	address := l.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		browser := r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != ""
		if browser || r.Host != address && r.Host != net.JoinHostPort("localhost", port) {
			http.Error(w, "this is for the units of the deployment alone", http.StatusForbidden)
			return
		}
		h.ServeHTTP(w, r)
	})
}
