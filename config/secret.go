package config

import (
	"crypto/subtle"
	"fmt"
	"log/slog"
)

// Secret is a string that is never printed: whatever formats, logs or encodes
// it gets "[secret]" instead, or nothing when it is empty. Reveal returns the value.
type Secret string

const hidden = "[secret]"

// String returns "[secret]", or "" for an empty secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// Reveal returns the value, for the one place that needs it.
func (s Secret) Reveal() string { return string(s) }

// Equal reports whether the value is other, in a time that depends on the
// lengths only.
func (s Secret) Equal(other string) bool {
	return subtle.ConstantTimeCompare([]byte(s), []byte(other)) == 1
}

// Format implements fmt.Formatter: every verb prints what String returns.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// MarshalText implements encoding.TextMarshaler, and with it JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
