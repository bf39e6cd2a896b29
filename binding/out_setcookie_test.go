package binding_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

type outCookies struct {
	Session string              `cookie:"session"`
	Cart    binding.SetCookie   `cookie:"cart"`
	Old     *binding.SetCookie  `cookie:"old"`
	Many    []binding.SetCookie `cookie:"many"`
}

func TestRenderCookies(t *testing.T) {
	out := outCookies{
		Session: "abc",
		Old:     &binding.SetCookie{MaxAge: -1},
		Many:    []binding.SetCookie{{Value: "1"}, {Value: "2", Path: "/b"}},
	}
	r, err := compileOut[outCookies](t).Render(&out)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"session=abc; Path=/; HttpOnly; Secure; SameSite=Lax",
		"old=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax",
		"many=1; Path=/; HttpOnly; Secure; SameSite=Lax",
		"many=2; Path=/b; HttpOnly; Secure; SameSite=Lax",
	}
	if got := r.Header.Values("Set-Cookie"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("Set-Cookie:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if r.Body != nil || !compileOut[outCookies](t).Empty() {
		t.Errorf("cookies alone make a body: %s", r.Body)
	}
}

// The lines are those of net/http for the same cookie.
func TestSetCookieAsNetHTTP(t *testing.T) {
	at := time.Date(2026, 3, 1, 14, 30, 0, 0, time.FixedZone("CET", 3600))
	tests := []struct {
		name   string
		cookie binding.SetCookie
		same   http.Cookie
	}{
		{"plain", binding.SetCookie{Value: "v"}, http.Cookie{Value: "v"}},
		{"empty", binding.SetCookie{Path: "/"}, http.Cookie{}},
		{"space and comma", binding.SetCookie{Value: "a b,c"}, http.Cookie{Value: "a b,c"}},
		{"path", binding.SetCookie{Path: "/a b"}, http.Cookie{Path: "/a b"}},
		{"domain", binding.SetCookie{Domain: ".example.com"}, http.Cookie{Domain: ".example.com"}},
		{"age", binding.SetCookie{MaxAge: time.Hour}, http.Cookie{MaxAge: 3600}},
		{"part of a second", binding.SetCookie{MaxAge: time.Millisecond}, http.Cookie{MaxAge: 1}},
		{"delete", binding.SetCookie{MaxAge: -1}, http.Cookie{MaxAge: -1}},
		{"expires", binding.SetCookie{Expires: at}, http.Cookie{Expires: at}},
		{"strict", binding.SetCookie{SameSite: "Strict"}, http.Cookie{SameSite: http.SameSiteStrictMode}},
		{"none", binding.SetCookie{SameSite: "None"}, http.Cookie{SameSite: http.SameSiteNoneMode}},
		{"all", binding.SetCookie{"v", "/p", "example.com", time.Minute, at, false, false, "Strict"},
			http.Cookie{Value: "v", Path: "/p", Domain: "example.com", MaxAge: 60, Expires: at, SameSite: http.SameSiteStrictMode}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.same.Name, tt.same.Secure, tt.same.HttpOnly = "c", true, true
			if tt.same.Path == "" {
				tt.same.Path = "/"
			}
			if tt.same.SameSite == 0 {
				tt.same.SameSite = http.SameSiteLaxMode
			}
			got, err := tt.cookie.Format("c")
			if err != nil || got != tt.same.String() {
				t.Errorf("Format = %s, %v\nnet/http: %s", got, err, &tt.same)
			}
		})
	}
	got, err := binding.SetCookie{Insecure: true, Script: true}.Format("c")
	if err != nil || got != "c=; Path=/; SameSite=Lax" {
		t.Errorf("without Secure and HttpOnly: %s, %v", got, err)
	}
}

func TestSetCookieErrors(t *testing.T) {
	tests := []struct {
		name, cookie string
		value        binding.SetCookie
		want         string
	}{
		{"line break", "c", binding.SetCookie{Value: "a\r\nX: y"}, "the value"},
		{"attribute in the value", "c", binding.SetCookie{Value: "a; Domain=b"}, "the value"},
		{"quote", "c", binding.SetCookie{Value: `a"b`}, "the value"},
		{"letters beyond ASCII", "c", binding.SetCookie{Value: "é"}, "beyond ASCII"},
		{"invalid UTF-8", "c", binding.SetCookie{Value: "\xff"}, "beyond ASCII"},
		{"name", "a=b", binding.SetCookie{}, "the name is no token"},
		{"no name", "", binding.SetCookie{}, "the name is no token"},
		{"attribute in the path", "c", binding.SetCookie{Path: "/;Secure"}, "the path"},
		{"path without a slash", "c", binding.SetCookie{Path: "a"}, "the path"},
		{"domain with a port", "c", binding.SetCookie{Domain: "example.com:80"}, "the domain"},
		{"domain with a line break", "c", binding.SetCookie{Domain: "a\nb"}, "the domain"},
		{"year", "c", binding.SetCookie{Expires: time.Date(1500, 1, 1, 0, 0, 0, 0, time.UTC)}, "the year"},
		{"same site", "c", binding.SetCookie{SameSite: "lax; x"}, "SameSite is not"},
		{"none and insecure", "c", binding.SetCookie{SameSite: "None", Insecure: true}, "SameSite=None wants Secure"},
		{"secure prefix", "__Secure-c", binding.SetCookie{Insecure: true}, "wants Secure"},
		{"host prefix", "__Host-c", binding.SetCookie{Path: "/a"}, "wants no Domain"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line, err := tt.value.Format(tt.cookie)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Format = %q, %v; want an error with %q", line, err, tt.want)
			}
		})
	}
}

func TestCookieDirectForm(t *testing.T) {
	p := compileOut[outCookies](t)
	out := outCookies{
		Session: "abc",
		Cart:    binding.SetCookie{"v", "/p", "d", 90 * time.Second, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), true, true, "Strict"},
	}
	data, err := p.AppendJSON(nil, &out)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"session":"abc","cart":{"value":"v","path":"/p","domain":"d","maxAge":90,"expires":"2026-03-01T00:00:00Z","insecure":true,"script":true,"sameSite":"Strict"},"old":null,"many":[]}`
	if string(data) != want {
		t.Errorf("AppendJSON:\n%s\nwant\n%s", data, want)
	}
	var back outCookies
	if err := p.DecodeJSON(&back, data); err != nil || back.Cart != out.Cart || back.Session != "abc" || back.Old != nil {
		t.Errorf("DecodeJSON: %v, %+v", err, back)
	}
}

// FuzzSetCookie: a cookie that is formatted is read back by net/http as it was.
func FuzzSetCookie(f *testing.F) {
	f.Add("session", "a b", "/x", "example.com")
	f.Add("s", "a\r\nSet-Cookie: b=c", "/;", "a\n")
	f.Add("s", `"`, "", ".")
	f.Fuzz(func(t *testing.T, name, value, path, domain string) {
		line, err := binding.SetCookie{Value: value, Path: path, Domain: domain}.Format(name)
		if err != nil {
			return
		}
		c, err := http.ParseSetCookie(line)
		if err != nil {
			t.Fatalf("net/http cannot read %q: %v", line, err)
		}
		if c.Name != name || strings.Trim(c.Value, " ") != strings.Trim(value, " ") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Fatalf("%q is read as %+v", line, c)
		}
	})
}
