package config

import (
	"crypto/subtle"
	"fmt"
	"log/slog"
)

// Secret is a text that is never printed: whatever formats, logs or encodes it gets
// "[secret]" instead, or nothing when it is empty. What reflects past its methods, as
// package fmt does in fields that are not exported, finds an address and no text. Reveal
// returns the text.
//
// The zero Secret is the empty one. Secrets of the same text are equal, so that they can
// be compared with == and be keys of maps; where somebody could measure the time that
// takes, use Equal.
type Secret struct{ hidden *hiddenText }

// shown is what is printed instead.
const shown = "[secret]"

// NewSecret returns the text as a Secret. Load and package binding make them by themselves.
func NewSecret(text string) Secret { return Secret{hide(text)} }

// IsZero reports whether the secret is empty.
func (s Secret) IsZero() bool { return s.hidden == nil }

// String returns "[secret]", or "" for an empty secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return shown
}

// Reveal returns the text, for the one place that needs it.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return s.hidden.reveal()
}

// Equal reports whether the text is other, in a time that depends on the
// lengths only.
func (s Secret) Equal(other string) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other)) == 1
}

// Format implements fmt.Formatter: every verb prints what String returns.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// MarshalText implements encoding.TextMarshaler, and with it JSON, XML and YAML. The
// text is what String returns.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalBinary implements encoding.BinaryMarshaler, and with it gob. The bytes are
// what String returns; there is no way back.
func (s Secret) MarshalBinary() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler: the text becomes the secret.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(string(text))
	return nil
}

// LogValue implements slog.LogValuer.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// ValidatorValue returns the text to go-playground/validator, so that the rules of
// validate tags are about it.
func (s Secret) ValidatorValue() any { return s.Reveal() }
