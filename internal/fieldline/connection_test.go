package fieldline

import "testing"

func TestIsHosts(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Connection": true, "Content-Length": true, "Keep-Alive": true, "Proxy-Connection": true, "Te": true, "Trailer": true, "Transfer-Encoding": true, "Upgrade": true,
		"": false, "Content-Type": false, "Date": false, "Proxy-Authenticate": false, "X-Connection": false,
	} {
		if got := IsHosts(name); got != want {
			t.Errorf("IsHosts(%q) = %v, want %v", name, got, want)
		}
	}
}
