package fn

import "testing"

// AsChecked makes the test see a build whose declarations have been checked, as the linker
// makes one. Such a test does not run beside others.
func AsChecked(t testing.TB) {
	t.Helper()
	proof = "test"
	t.Cleanup(func() { proof = "" })
}

// Clone and Adopt are what TimeLimit does with the request of a goroutine.
func (r *Request) Clone() *Request      { return r.clone() }
func (r *Request) Adopt(clone *Request) { r.adopt(clone) }
