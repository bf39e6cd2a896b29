package binding

import (
	"io"
	"time"
)

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

// File is an uploaded file of a multipart form, bound by form:"name" as File,
// *File or []File.
type File struct {
	Name        string `json:"name"`        // the client's file name, its last element only
	ContentType string `json:"contentType"` // what the client said; not checked
	Data        []byte `json:"data"`
}

var _ io.Reader // the package speaks of bodies as readers
