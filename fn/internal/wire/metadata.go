package wire

import (
	"fmt"
	"strings"
)

// What a call can have of metadata.
const (
	mostMetadata = 16
	longestName  = 64
)

// CheckMetadata says what no call can carry beside its In.
func CheckMetadata(metadata map[string]string) error {
	if len(metadata) > mostMetadata {
		return fmt.Errorf("the call has %d entries of metadata, and %d at most go with one", len(metadata), mostMetadata)
	}
	for name, text := range metadata {
		if name == "" || len(name) > longestName || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "" {
			return fmt.Errorf("metadata %.80q: a name is 1 to %d lower-case letters, digits, dots, hyphens and underscores", name, longestName)
		}
		if Odd(text) {
			return fmt.Errorf("metadata %q: its text is longer than %d bytes, not UTF-8 or has control characters", name, longestText)
		}
	}
	return nil
}
