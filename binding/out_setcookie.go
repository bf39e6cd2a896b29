package binding

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/fieldline"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// SetCookie is a cookie of a reply (RFC 6265 section 4.1). In an Out it is bound by
// cookie:"name": alone (left out when it is the zero value), as a pointer (nil: no
// cookie), as a slice, or as a plain string, which is a session cookie with
// the attributes of SetCookie{Value: text} (left out when empty).
//
// The zero value of every attribute is the safe one: Path=/, HttpOnly, Secure
// and SameSite=Lax.
type SetCookie struct {
	Value    string        // ASCII without quotes, semicolons and backslashes; encode anything else
	Path     string        // "" means "/"
	Domain   string        // "" means this host alone
	MaxAge   time.Duration // whole seconds, fractions count as one; 0: until the browser closes; negative: delete it now
	Expires  time.Time     // the zero time: not said
	Insecure bool          // leaves out Secure
	Script   bool          // leaves out HttpOnly
	SameSite string        // "Lax" when empty; Strict, None
}

// setCookieJSON is the form of a cookie in direct invokes.
type setCookieJSON struct {
	Value    string    `json:"value"`
	Path     string    `json:"path,omitempty"`
	Domain   string    `json:"domain,omitempty"`
	MaxAge   int64     `json:"maxAge,omitzero"` // seconds
	Expires  time.Time `json:"expires,omitzero"`
	Insecure bool      `json:"insecure,omitzero"`
	Script   bool      `json:"script,omitzero"`
	SameSite string    `json:"sameSite,omitempty"`
}

// MarshalJSON writes the cookie as an object; maxAge is in seconds.
func (c SetCookie) MarshalJSON() ([]byte, error) {
	return json.Marshal(setCookieJSON{
		c.Value, c.Path, c.Domain, c.maxAge(), c.Expires, c.Insecure, c.Script, c.SameSite,
	})
}

// UnmarshalJSON is the inverse of MarshalJSON.
func (c *SetCookie) UnmarshalJSON(data []byte) error {
	var j setCookieJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*c = SetCookie{
		j.Value, j.Path, j.Domain, time.Duration(j.MaxAge) * time.Second, j.Expires, j.Insecure, j.Script, j.SameSite,
	}
	return nil
}

// maxAge is the age in seconds, away from zero: a cookie for half a second is
// not one to be deleted.
func (c SetCookie) maxAge() int64 {
	seconds := int64(c.MaxAge / time.Second)
	switch rest := c.MaxAge % time.Second; {
	case rest > 0:
		return seconds + 1
	case rest < 0:
		return seconds - 1
	default:
		return seconds
	}
}

// Format returns the value of a Set-Cookie header. The error names the
// attribute that is wrong: a browser would drop the cookie or read another one.
func (c SetCookie) Format(name string) (string, error) {
	c.Domain = strings.TrimPrefix(c.Domain, ".") // a leading dot has no meaning (RFC 6265 section 5.2.3)
	if c.Path == "" {
		c.Path = "/"
	}
	if c.SameSite == "" {
		c.SameSite = "Lax"
	}
	if err := c.check(name); err != nil {
		return "", err
	}
	return c.write(name), nil
}

func (c SetCookie) write(name string) string {
	b := make([]byte, 0, 128)
	b = append(append(b, name...), '=')
	b = appendCookieValue(b, c.Value)
	b = append(append(b, "; Path="...), c.Path...)
	if c.Domain != "" {
		b = append(append(b, "; Domain="...), c.Domain...)
	}
	if !c.Expires.IsZero() {
		b = c.Expires.UTC().AppendFormat(append(b, "; Expires="...), textvalue.HTTPDate)
	}
	if age := c.maxAge(); age != 0 {
		b = strconv.AppendInt(append(b, "; Max-Age="...), max(age, 0), 10)
	}
	if !c.Script {
		b = append(b, "; HttpOnly"...)
	}
	if !c.Insecure {
		b = append(b, "; Secure"...)
	}
	return string(append(append(b, "; SameSite="...), c.SameSite...))
}

// appendCookieValue quotes a value with spaces or commas, as net/http does:
// some readers split there.
func appendCookieValue(b []byte, value string) []byte {
	if !strings.ContainsAny(value, " ,") {
		return append(b, value...)
	}
	return append(append(append(b, '"'), value...), '"')
}

func (c SetCookie) check(name string) error {
	switch {
	case !fieldline.IsToken(name):
		return errors.New("the name is no token: want letters, digits and dashes")
	case strings.ContainsFunc(c.Value, notInCookie) || strings.ContainsAny(c.Value, `"\`):
		return errors.New("the value contains a control character, a quote, a semicolon, a backslash or something beyond ASCII: encode it, for example as base64")
	case c.Path[0] != '/' || strings.ContainsFunc(c.Path, notInCookie):
		return errors.New("the path is not one that starts with a slash and has neither semicolons nor control characters")
	case strings.ContainsFunc(c.Domain, notInDomain):
		return errors.New("the domain is no host name: want letters, digits, dots and dashes")
	case !c.Expires.IsZero() && (c.Expires.UTC().Year() < 1601 || c.Expires.UTC().Year() > 9999):
		return errors.New("the year of Expires is not from 1601 to 9999 (RFC 6265 section 5.1.1)")
	case c.SameSite != "Lax" && c.SameSite != "Strict" && c.SameSite != "None":
		return errors.New("SameSite is not Lax, Strict or None")
	default:
		return c.checkSecure(name)
	}
}

// checkSecure checks the rules that browsers enforce by dropping the cookie
// (RFC 6265bis section 5.7).
func (c SetCookie) checkSecure(name string) error {
	switch {
	case c.Insecure && c.SameSite == "None":
		return errors.New("SameSite=None wants Secure: browsers drop the cookie otherwise")
	case c.Insecure && (strings.HasPrefix(name, "__Secure-") || strings.HasPrefix(name, "__Host-")):
		return fmt.Errorf("the name %s wants Secure: browsers drop the cookie otherwise", name)
	case strings.HasPrefix(name, "__Host-") && (c.Domain != "" || c.Path != "/"):
		return fmt.Errorf("the name %s wants no Domain and the path /: browsers drop the cookie otherwise", name)
	default:
		return nil
	}
}

func notInCookie(c rune) bool { return c < ' ' || c >= 0x7f || c == ';' }

func notInDomain(c rune) bool {
	return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '-')
}

// outCookie is a field of an Out that is bound to a cookie.
type outCookie struct {
	name string
	at   outPlace
	get  func(reflect.Value) []SetCookie
}

func (o *outCookie) render(h Header, v reflect.Value) (Header, error) {
	for _, cookie := range o.get(v.FieldByIndex(o.at.index)) {
		line, err := cookie.Format(o.name)
		if err != nil {
			return h, err
		}
		h = append(h, HeaderField{Name: "Set-Cookie", Value: line})
	}
	return h, nil
}

var setCookieType = reflect.TypeFor[SetCookie]()

// cookieGetterOf returns what reads the cookies of a field, nil when the type is none.
func cookieGetterOf(t reflect.Type) func(reflect.Value) []SetCookie {
	switch {
	case t.Kind() == reflect.String:
		return func(v reflect.Value) []SetCookie { return notZero(SetCookie{Value: v.String()}) }
	case t == setCookieType:
		return func(v reflect.Value) []SetCookie { return notZero(v.Interface().(SetCookie)) }
	case t == reflect.PointerTo(setCookieType):
		return func(v reflect.Value) []SetCookie {
			if v.IsNil() {
				return nil
			}
			return []SetCookie{*v.Interface().(*SetCookie)}
		}
	case t == reflect.SliceOf(setCookieType):
		return func(v reflect.Value) []SetCookie { return v.Interface().([]SetCookie) }
	default:
		return nil
	}
}

func notZero(c SetCookie) []SetCookie {
	if c == (SetCookie{}) {
		return nil
	}
	return []SetCookie{c}
}
