package randomreq

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/anygrain/anygrain/internal/dice"
)

// mutations change a good request in one way each.
var mutations = []func(*Generator, *draft){
	oddSegment, oddSegment, moreSegments, fewerSegments,
	oddQuery, oddQuery, oddQuery, repeatQuery, unknownQuery, brokenQuery, dropQuery,
	oddHeader, oddHeader, repeatHeader, repeatHeader, spacedHeader, dropHeader, extraHeader, repeatExtra, origin,
	oddCookie, repeatCookie, moreCookies, dropCookies,
	oddForm, repeatForm, unknownForm, dropForm, otherForm,
	spoilJSON, spoilJSON, spoilJSON, spoilJSON, noBody, otherBody, bigBody, otherMedia, otherMedia,
	otherMethod, preflight,
}

func oddSegment(g *Generator, b *draft) {
	i := g.IntN(len(b.path))
	b.path[i] = dice.Pick(g.Dice, escape(odd(g.Dice)), "%2F", "a%2fb", "%2E%2e", "", "%", "%zz", "a+b", "%C3", "a:b@c", "%61", "{$}", "é")
}

func moreSegments(g *Generator, b *draft) {
	b.path = slices.Insert(b.path, g.IntN(len(b.path)+1), dice.Pick(g.Dice, "", ".", "..", "a"))
}

func fewerSegments(_ *Generator, b *draft) {
	if len(b.path) > 1 {
		b.path = b.path[:len(b.path)-1]
	}
}

// oneOf calls change for one of the pairs.
func oneOf(g *Generator, pairs []pair, change func(*pair)) {
	if len(pairs) > 0 {
		change(&pairs[g.IntN(len(pairs))])
	}
}

func oddQuery(g *Generator, b *draft) {
	oneOf(g, b.query, func(p *pair) { p.value = g.escapeQuery(odd(g.Dice)) })
}

func repeatQuery(g *Generator, b *draft) {
	oneOf(g, b.query, func(p *pair) {
		b.query = append(b.query, pair{p.name, dice.Pick(g.Dice, p.value, g.escapeQuery(odd(g.Dice)))})
	})
}

func unknownQuery(g *Generator, b *draft) {
	b.query = append(b.query, pair{dice.Pick(g.Dice, "unknown", "", "%20", url.QueryEscape(odd(g.Dice))), dice.Pick(g.Dice, url.QueryEscape(odd(g.Dice)), "a;b", "100%", "%ff")})
}

func brokenQuery(g *Generator, b *draft) {
	oneOf(g, b.query, func(p *pair) {
		p.value = dice.Pick(g.Dice, "%", "%zz", "a;b", "%ff", "a=b", "?", "+", "%00", "a%26b", "é")
	})
}

func dropQuery(g *Generator, b *draft) {
	if len(b.query) > 0 {
		i := g.IntN(len(b.query))
		b.query = slices.Delete(b.query, i, i+1)
	}
}

func oddHeader(g *Generator, b *draft) {
	if len(b.header) > 0 {
		b.header[g.IntN(len(b.header))].Value = odd(g.Dice)
	}
}

func repeatHeader(g *Generator, b *draft) {
	if len(b.header) > 0 {
		f := b.header[g.IntN(len(b.header))]
		b.header = append(b.header, Field{f.Name, dice.Pick(g.Dice, f.Value, odd(g.Dice), "a, b")})
	}
}

// spacedHeader puts space around a value, which is no part of it.
func spacedHeader(g *Generator, b *draft) {
	if len(b.header) > 0 {
		f := &b.header[g.IntN(len(b.header))]
		f.Value = dice.Pick(g.Dice, " ", "", "\t") + f.Value + dice.Pick(g.Dice, " ", " \t", "")
	}
}

// repeatExtra sends twice what is sent once as a rule.
func repeatExtra(g *Generator, b *draft) {
	name := dice.Pick(g.Dice, "X-Request-Id", "Authorization", "Traceparent", "Origin", "If-None-Match", "Content-Type", "Content-Encoding", "Accept", "X-Lower")
	for range g.Between(2, 3) {
		value := dice.Pick(g.Dice, odd(g.Dice), "", "identity", "a-1", "https://shop.example", "application/json", " a b ",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		b.header = append(b.header, Field{dice.Pick(g.Dice, name, strings.ToLower(name), strings.ToUpper(name)), value})
	}
}

func dropHeader(g *Generator, b *draft) {
	if len(b.header) > 0 {
		i := g.IntN(len(b.header))
		b.header = slices.Delete(b.header, i, i+1)
	}
}

// extraHeader adds a field that something on the way might look at.
func extraHeader(g *Generator, b *draft) {
	name := dice.Pick(g.Dice, "X-Request-Id", "X-Forwarded-For", "X-Forwarded-Proto", "Traceparent", "Accept", "Accept-Encoding", "Content-Encoding",
		"Authorization", "Host", "Expect", "If-None-Match", "X-Amzn-Trace-Id", "User-Agent", "x-lower")
	value := dice.Pick(g.Dice, odd(g.Dice), "gzip", "identity", "198.51.100.1", "shop.example", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a-1", "https")
	if name == "Host" && !slices.Contains([]string{"shop.example", "198.51.100.1"}, value) {
		return // no client gets that far with it
	}
	b.header = append(b.header, Field{name, value})
}

func origin(g *Generator, b *draft) {
	b.header = append(b.header, Field{"Origin", dice.Pick(g.Dice, "https://shop.example", "https://other.example", "null", "")})
}

func oddCookie(g *Generator, b *draft) {
	oneOf(g, b.cookies, func(p *pair) { p.value = dice.Pick(g.Dice, odd(g.Dice), `"quoted"`, "a=b", "%41", "a b") })
}

func repeatCookie(g *Generator, b *draft) {
	oneOf(g, b.cookies, func(p *pair) { b.cookies = append(b.cookies, pair{p.name, odd(g.Dice)}) })
}

// moreCookies sends a second line of cookies.
func moreCookies(g *Generator, b *draft) {
	b.header = append(b.header, Field{"Cookie", dice.Pick(g.Dice, "other=1", "other=1; more=2", "c0=x", "")})
}

func dropCookies(_ *Generator, b *draft) { b.cookies = nil }

func oddForm(g *Generator, b *draft) {
	oneOf(g, b.form, func(p *pair) { p.value = odd(g.Dice) })
}

func repeatForm(g *Generator, b *draft) {
	oneOf(g, b.form, func(p *pair) { b.form = append(b.form, *p) })
}

func unknownForm(g *Generator, b *draft) {
	if len(b.form) > 0 {
		b.form = append(b.form, pair{dice.Pick(g.Dice, "unknown", ""), odd(g.Dice)})
	}
}

func dropForm(g *Generator, b *draft) {
	if len(b.form) > 0 {
		b.form = b.form[1:]
	}
}

func otherForm(_ *Generator, b *draft) { b.parts = !b.parts }

func spoilJSON(g *Generator, b *draft) {
	if b.json != "" {
		b.json = g.spoil(b.json)
	}
}

func noBody(_ *Generator, b *draft) { b.json, b.raw, b.form, b.files = "", nil, nil, nil }

func otherBody(g *Generator, b *draft) {
	b.raw = []byte(dice.Pick(g.Dice, odd(g.Dice), "{}", "null", "[]", "{\"a\":1}", "a=1&b=2", "\xff\xfe", "\ufeff{}", strings.Repeat("[", 12000)))
}

// bigBody makes a body that is over the limits of generated functions.
func bigBody(g *Generator, b *draft) {
	size := dice.Pick(g.Dice, 63, 64, 65, 300, 5000)
	if g.OneIn(60) {
		size = 1<<20 + g.Between(-1, 1)
	}
	switch {
	case b.json != "" && len(b.json) < size:
		b.json += strings.Repeat(" ", size-len(b.json))
	case b.raw != nil:
		b.raw = []byte(strings.Repeat("x", size))
	case len(b.form) > 0:
		b.form[0].value = strings.Repeat("y", size)
	}
}

func otherMedia(g *Generator, b *draft) {
	b.media = dice.Pick(g.Dice, "", "application/json", "application/json; charset=utf-8", "application/json;charset=latin1", "application/problem+json",
		"APPLICATION/JSON", "text/plain", "text/html; charset=UTF-8", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8",
		"multipart/form-data", "multipart/form-data; boundary=bound", "multipart/form-data; boundary=other", "application/json, text/plain", ";", "a/b; q", odd(g.Dice))
}

func otherMethod(g *Generator, b *draft) { b.method = g.method() }

func preflight(g *Generator, b *draft) {
	b.method = "OPTIONS"
	origin(g, b)
	b.header = append(b.header, Field{"Access-Control-Request-Method", dice.Pick(g.Dice, "GET", "PUT", "")})
}

// sendable leaves out what no client could send: control characters, bytes that
// are no text in a header.
func (r Request) sendable() Request {
	r.Header = slices.DeleteFunc(slices.Clone(r.Header), func(f Field) bool {
		value := strings.Trim(f.Value, " \t")
		return value != strings.TrimSpace(value) || !printable(value)
	})
	if !printable(r.Target) || strings.ContainsAny(r.Target, "# ") {
		r.Target = "/"
	}
	return r
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c >= 0x7f && c < 0xa0 })
}

// spoil changes JSON in one way; what comes out may be JSON or not.
func (g *Generator) spoil(text string) string {
	at := g.IntN(len(text) + 1)
	switch g.IntN(9) {
	case 0:
		return text[:at]
	case 1:
		return text[:at] + odd(g.Dice) + text[at:]
	case 2: // an unknown member, or a known one twice
		return strings.Replace(text, "{", dice.Pick(g.Dice, `{"unknown":1,`, "{"+firstMember(text)+",", `{"":null,`, `{"__proto__":{},`), 1)
	case 3:
		return text + dice.Pick(g.Dice, " ", "{}", "\x00", "null", ",", "\n")
	case 4:
		return g.replaceScalar(text)
	case 5:
		return strings.ToUpper(text)
	case 6:
		return dice.Pick(g.Dice, "null", "[]", `""`, "0", "true", "[{}]", "", " ", "\ufeff"+text)
	case 7:
		return " \n\t" + strings.ReplaceAll(text, ":", " : ")
	}
	return g.replaceScalar(g.replaceScalar(text))
}

// firstMember returns the first member of an object that is a plain text or number.
func firstMember(text string) string {
	inner := strings.TrimPrefix(text, "{")
	if end := strings.IndexAny(inner, ",{}[]"); end > 0 {
		return inner[:end]
	}
	return `"unknown":1`
}

// replaceScalar puts another value behind one of the colons.
func (g *Generator) replaceScalar(text string) string {
	parts := strings.Split(text, ":")
	if len(parts) < 2 {
		return text
	}
	i := g.Between(1, len(parts)-1)
	end := strings.IndexAny(parts[i], ",}]")
	if end < 0 {
		end = len(parts[i])
	}
	other := dice.Pick(g.Dice, "null", "0", "-1", "1.5", `""`, "[]", "{}", "true", `"x"`, "1e400", strconv.Itoa(g.Int()), quoted(odd(g.Dice)), anything(g.Dice, 2))
	parts[i] = other + parts[i][end:]
	return strings.Join(parts, ":")
}
