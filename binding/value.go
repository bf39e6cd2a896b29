package binding

import "time"

// SetCookie is a cookie of a reply (RFC 6265 section 4.1). In an Out it is bound by
// cookie:"name", alone, as pointer (nil: no cookie) or as a plain string, which
// is a session cookie with the attributes of DefaultCookie.
type SetCookie struct {
	Value    string        `json:"value"`
	Path     string        `json:"path,omitempty"` // "" means "/"
	Domain   string        `json:"domain,omitempty"`
	MaxAge   time.Duration `json:"maxAge,omitempty,format:sec"` // whole seconds; 0: until the browser closes; negative: delete it now
	Expires  time.Time     `json:"expires,omitzero"`
	Insecure bool          `json:"insecure,omitempty"` // leaves out Secure
	Script   bool          `json:"script,omitempty"`   // leaves out HttpOnly
	SameSite string        `json:"sameSite,omitempty"` // "Lax" when empty; Strict, None
}
