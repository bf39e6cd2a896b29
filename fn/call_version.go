package fn

import (
	"fmt"
	"strings"
)

// versionMismatch says that two builds do not mean the same by a function. It is a cause:
// what contracts there are is not for clients.
type versionMismatch struct {
	function, caller, callee string
	err                      error // what could not be read, nil when only the other side knows
}

// versionMismatchError is the error of a mismatch. Its status is that of a mistake in
// the deployment, whoever the client is.
func versionMismatchError(function, caller, callee string, err error) *Error {
	return Errorf(FailedPrecondition, "the functions behind this one do not go together").WithStatus(500).
		WithCause(&versionMismatch{function, versionText(caller), versionText(callee), err})
}

// Error names both versions.
func (m *versionMismatch) Error() string {
	text := fmt.Sprintf("%s: the caller was built with version %s of the contract, the function with version %s, and they do not understand each other; deploy both from one source",
		m.function, m.caller, m.callee)
	if m.err != nil {
		text += ": " + m.err.Error()
	}
	return text
}

func isVersionMismatch(e *Error) bool {
	_, ok := e.cause.(*versionMismatch)
	return ok
}

// Unwrap returns what could not be read.
func (m *versionMismatch) Unwrap() error { return m.err }

// versionText is the other side's word, as far as it is a fingerprint.
func versionText(version string) string {
	if version == "" || len(version) > 32 || strings.Trim(version, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		return "(unknown)"
	}
	return version
}
