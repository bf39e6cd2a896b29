package fn

import "testing"

// AsChecked makes the test see a build whose declarations have been checked, as the linker
// makes one. Such a test does not run beside others.
func AsChecked(t testing.TB) {
	t.Helper()
	proof = "test"
	t.Cleanup(func() { proof = "" })
}
