package randomreq

import (
	"fmt"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/dice"
)

// draft is a request in its parts.
type draft struct {
	method  string
	path    []string // percent-encoded segments
	query   []pair   // percent-encoded
	header  []Field
	cookies []pair
	form    []pair // decoded
	files   []pair // names and contents
	parts   bool   // the form is a multipart one
	json    string
	raw     []byte
	media   string
}

type pair struct{ name, value string }

// good returns a request that the function takes, as far as its declaration tells.
func (g *Generator) good(t trigger) *draft {
	b := &draft{method: t.route.Method(), parts: g.OneIn(2)}
	if b.method == "" {
		b.method = dice.Pick(g.Dice, "GET", "POST", "PUT", "PATCH", "DELETE")
	}
	values := map[string]string{}
	var members []string
	for _, f := range t.function.Input() {
		r := parseRules(f.Rules)
		switch {
		case f.Where == binding.InPath:
			values[f.Name] = text(g.Dice, f.Type, r)
		case f.Name == "" && f.Where == binding.InBody:
			g.whole(b, f, r)
		case f.HasDef && g.OneIn(2), !f.Required && g.OneIn(4):
		case f.Where == binding.InBody:
			members = append(members, quoted(f.Name)+":"+value(g.Dice, f.Type, r, 0))
		default:
			g.put(b, f, r)
		}
	}
	if members != nil {
		b.json, b.media = "{"+strings.Join(members, ",")+"}", "application/json"
	}
	b.path = g.path(t.route.Path(), values)
	return b
}

// path fills the wildcards of a pattern.
func (g *Generator) path(pattern string, values map[string]string) []string {
	segments := strings.Split(strings.TrimPrefix(strings.TrimSuffix(pattern, "{$}"), "/"), "/")
	for i, s := range segments {
		name, wild := strings.CutPrefix(s, "{")
		name = strings.TrimSuffix(name, "}")
		name, rest := strings.CutSuffix(name, "...")
		switch {
		case !wild:
		case rest && values[name] == "":
			segments[i] = dice.Pick(g.Dice, "", "a", "a/b", "a%2Fb/c", "x/")
		case rest:
			segments[i] = strings.ReplaceAll(escape(values[name]), "%2F", dice.Pick(g.Dice, "/", "%2F"))
		case values[name] == "":
			segments[i] = escape(dice.Pick(g.Dice, words...))
		default:
			segments[i] = escape(values[name])
		}
	}
	return segments
}

// put gives a field its values, where it is to be.
func (g *Generator) put(b *draft, f binding.Field, r *rules) {
	t, n := f.Type, 1
	if t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 {
		low, high := r.bounds(0, 3)
		t, n, r = t.Elem(), g.Between(int(low), int(max(low, min(high, 3)))), r.within()
	}
	for range n {
		v := text(g.Dice, t, r)
		switch f.Where {
		case binding.InQuery:
			b.query = append(b.query, pair{url.QueryEscape(f.Name), g.escapeQuery(v)})
		case binding.InHeader:
			b.header = append(b.header, Field{f.Name, v})
		case binding.InCookie:
			b.cookies = append(b.cookies, pair{f.Name, strings.Trim(v, `" ;,`)})
		case binding.InForm:
			g.field(b, f.Name, t, v)
		}
	}
}

func (g *Generator) field(b *draft, name string, t reflect.Type, v string) {
	if strings.HasSuffix(t.String(), "binding.File") {
		b.parts = true
		b.files = append(b.files, pair{name, v})
		return
	}
	b.form = append(b.form, pair{name, v})
}

// escapeQuery writes a value in one of the ways in which clients do.
func (g *Generator) escapeQuery(v string) string {
	if g.OneIn(2) {
		return url.QueryEscape(v)
	}
	return strings.ReplaceAll(url.QueryEscape(v), "+", "%20")
}

func escape(segment string) string { return url.PathEscape(segment) }

// whole fills a body that is one value.
func (g *Generator) whole(b *draft, f binding.Field, r *rules) {
	switch t := f.Type; {
	case raw(t):
		b.raw = []byte(dice.Pick(g.Dice, dice.Pick(g.Dice, words...), odd(g.Dice)))
		b.media = dice.Pick(g.Dice, "text/plain", "application/octet-stream", "image/png", "application/json")
	default:
		b.json, b.media = value(g.Dice, t, r, 0), "application/json"
	}
}

// raw reports whether the type takes a body as it is.
func raw(t reflect.Type) bool {
	return t.Kind() == reflect.String || t.String() == "io.Reader" || t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 && !readsItself(t)
}

// direct is the value of a field in the direct form.
func direct(d dice.Dice, f binding.Field, r *rules) string {
	switch {
	case f.Type.String() == "io.Reader":
		return dice.Pick(d, `"dGVh"`, `""`, `"/w=="`)
	default:
		return value(d, f.Type, r, 0)
	}
}

// request puts the parts together.
func (b *draft) request() Request {
	r := Request{Method: b.method, Target: "/" + strings.Join(b.path, "/"), Header: b.header}
	if q := join(b.query, "&"); q != "" {
		r.Target += "?" + q
	}
	if len(b.cookies) > 0 {
		r.add("Cookie", join(b.cookies, "; "))
	}
	switch {
	case b.raw != nil:
		r.Body = b.raw
	case b.json != "":
		r.Body = []byte(b.json)
	case len(b.form)+len(b.files) > 0:
		b.encodeForm(&r)
	}
	if b.media != "" {
		r.add("Content-Type", b.media)
	}
	return r.sendable()
}

func (r *Request) add(name, value string) { r.Header = append(r.Header, Field{name, value}) }

func join(pairs []pair, separator string) string {
	texts := make([]string, len(pairs))
	for i, p := range pairs {
		texts[i] = p.name + "=" + p.value
	}
	return strings.Join(texts, separator)
}

func (b *draft) encodeForm(r *Request) {
	if !b.parts {
		values := make([]pair, len(b.form))
		for i, p := range b.form {
			values[i] = pair{url.QueryEscape(p.name), url.QueryEscape(p.value)}
		}
		r.Body = []byte(join(values, "&"))
		b.mediaOr("application/x-www-form-urlencoded")
		return
	}
	var text strings.Builder
	w := multipart.NewWriter(&text)
	_ = w.SetBoundary("bound") // a valid one
	for _, p := range b.form {
		_ = w.WriteField(p.name, p.value)
	}
	for i, p := range b.files {
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", multipart.FileContentDisposition(p.name, fmt.Sprintf("file%d.txt", i)))
		header.Set("Content-Type", "text/plain")
		if part, err := w.CreatePart(header); err == nil {
			_, _ = part.Write([]byte(p.value))
		}
	}
	_ = w.Close()
	r.Body = []byte(text.String())
	b.mediaOr(w.FormDataContentType())
}

// mediaOr sets the media type unless a mutation has.
func (b *draft) mediaOr(media string) {
	if b.media == "" {
		b.media = media
	}
}
