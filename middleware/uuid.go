package middleware

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// newUUID returns a UUID of version 7 (RFC 9562 section 5.7): 48 bits of Unix
// milliseconds, then random bits but for version and variant. crypto/rand
// never fails, and does not repeat itself in a process that was restored from
// a snapshot.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	ms := time.Now().UnixMilli()
	for i := range 6 {
		b[i] = byte(ms >> (8 * (5 - i)))
	}
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return formatUUID(b)
}

func formatUUID(b [16]byte) string {
	var text [36]byte
	hex.Encode(text[0:8], b[0:4])
	hex.Encode(text[9:13], b[4:6])
	hex.Encode(text[14:18], b[6:8])
	hex.Encode(text[19:23], b[8:10])
	hex.Encode(text[24:36], b[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}
