package fieldline

import (
	"strings"
	"testing"
)

func TestIsHosts(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Connection": true, "Content-Length": true, "Keep-Alive": true, "Proxy-Connection": true, "Te": true, "Trailer": true, "Transfer-Encoding": true, "Upgrade": true,
		"te": true, "keep-alive": true, "CONTENT-LENGTH": true, "": false, "Tf": false, "Upgraded": false, "Content-Type": false, "Date": false, "Proxy-Authenticate": false, "X-Connection": false,
	} {
		if got := IsHosts(name); got != want {
			t.Errorf("IsHosts(%q) = %v, want %v", name, got, want)
		}
		if got := OfConnection(name); got != (want && !strings.EqualFold(name, "Content-Length")) {
			t.Errorf("OfConnection(%q) = %v", name, got)
		}
	}
}
