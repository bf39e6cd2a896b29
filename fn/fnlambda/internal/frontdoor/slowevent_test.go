package frontdoor

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// slowEvent is an event as it is read with jsontext, value by value and without
// a thought for time: what the fast reading is held to.
type slowEvent struct {
	Event      // what is read alike
	bad        bool
	all        map[string]slowFields
	bodyText   string
	queryText  string
	fields     slowFields // the headers
	parameters slowFields // of the path
}

// node is a JSON value.
type node struct {
	kind    jsontext.Kind
	text    string
	members []member // of an object
	items   []node   // of an array
}

type member struct {
	name  string
	value node
}

// readNode reads the first value of a text; names may come twice.
func readNode(text string) (node, error) {
	return nextNode(jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true)))
}

func nextNode(d *jsontext.Decoder) (n node, err error) {
	n.kind = d.PeekKind()
	switch n.kind {
	case '{', '[':
		if _, err = d.ReadToken(); err != nil {
			return n, err
		}
		for d.PeekKind() != '}' && d.PeekKind() != ']' {
			item, err := nextNode(d)
			if err != nil {
				return n, err
			}
			n.items = append(n.items, item)
		}
		if _, err = d.ReadToken(); err == nil && n.kind == '{' {
			for pair := range slices.Chunk(n.items, 2) {
				n.members = append(n.members, member{pair[0].text, pair[1]})
			}
		}
		return n, err
	case '"':
		token, err := d.ReadToken()
		return node{kind: n.kind, text: token.String()}, err
	}
	return n, d.SkipValue()
}

// wrong reports whether the value is neither null nor of one of the kinds.
func (n *node) wrong(kinds ...jsontext.Kind) bool {
	return n.kind != 'n' && !slices.Contains(kinds, n.kind)
}

// slowFields are names with their values.
type slowFields []slowField

type slowField struct {
	name   string
	values []string
}

// with adds a map; ok is false when it is none.
func (f slowFields) with(n node) (all slowFields, ok bool) {
	ok = !n.wrong('{')
	for _, m := range n.members {
		values := m.value.items
		if m.value.kind == '"' {
			values = []node{m.value}
		}
		ok = ok && !m.value.wrong('"', '[') && !slices.ContainsFunc(values, func(v node) bool { return v.wrong('"') })
		field := slowField{name: m.name}
		for _, v := range values {
			field.values = append(field.values, v.text)
		}
		if len(values) > 0 {
			f = append(f, field)
		}
	}
	return f, ok
}

func (f slowFields) get(same func(a, b string) bool, name string) (values []string) {
	for _, field := range f {
		if same(field.name, name) {
			values = append(values, field.values...)
		}
	}
	return values
}

// and adds the fields of single that f does not have.
func (f slowFields) and(single slowFields, same func(a, b string) bool) slowFields {
	all := slices.Clone(f)
	for _, field := range single {
		if f.get(same, field.name) == nil {
			all = append(all, field)
		}
	}
	return all
}

// readSlowly reads an event. It is nil when the text is no front door's.
func readSlowly(text string) (*slowEvent, error) {
	root, err := readNode(text)
	if err != nil || root.kind != '{' {
		return nil, err
	}
	e := &slowEvent{Event: Event{Request: &Request{}}, all: map[string]slowFields{}}
	for _, m := range root.members {
		e.member(m)
	}
	if e.Format = e.classify(); e.bad || e.Format == Unknown {
		return nil, nil
	}
	e.finish()
	return e, nil
}

// set sets the text that the member stands for, if it is one of a text.
func (e *slowEvent) set(texts map[string]*string, m member) {
	if dst := texts[m.name]; dst != nil {
		*dst = m.value.text
		e.bad = e.bad || m.value.wrong('"')
	}
}

func (e *slowEvent) member(m member) {
	e.set(map[string]*string{
		"version": &e.version, "routeKey": &e.routeKey, "rawPath": &e.rawPath, "rawQueryString": &e.rawQuery,
		"resource": &e.resource, "path": &e.path, "httpMethod": &e.Method, "body": &e.bodyText,
	}, m)
	e.has.rawPath = e.has.rawPath || m.name == "rawPath"
	e.has.resource = e.has.resource || m.name == "resource"
	e.has.path = e.has.path || m.name == "path"
	e.has.authorizer = e.has.authorizer || m.name == "methodArn" || m.name == "routeArn"
	switch m.name {
	case "isBase64Encoded":
		e.bad = e.bad || m.value.wrong('t', 'f')
		e.isBase64 = m.value.kind == 't' || m.value.kind == 'n' && e.isBase64
	case "cookies":
		e.bad = e.bad || m.value.wrong('[')
		for _, cookie := range m.value.items {
			if cookie.text != "" { // no cookie
				e.cookies = append(e.cookies, cookie.text)
			}
			e.bad = e.bad || cookie.wrong('"')
		}
	case "requestContext":
		e.bad = e.bad || m.value.wrong('{')
		e.has.context = m.value.kind == '{'
		e.contextMembers(m.value.members)
	case "headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "pathParameters":
		fields, ok := e.all[m.name].with(m.value)
		e.all[m.name], e.bad = fields, e.bad || !ok
		e.header.multi.present = e.header.multi.present || m.name == "multiValueHeaders" && m.value.kind == '{'
	}
}

func (e *slowEvent) contextMembers(members []member) {
	c := &e.context
	for _, m := range members {
		e.set(map[string]*string{"stage": &c.stage, "domainName": &c.domainName, "path": &c.path}, m)
		if m.name == "connectionId" {
			e.bad = e.bad || m.value.wrong('"')
			c.webSocket = m.value.text != ""
		}
		c.elb = c.elb || m.name == "elb"
		if m.name != "http" && m.name != "identity" {
			continue
		}
		e.bad = e.bad || m.value.wrong('{')
		for _, m := range m.value.members {
			e.set(map[string]*string{"method": &c.httpMethod, "path": &c.httpPath, "sourceIp": &c.sourceIP}, m)
		}
	}
}

// finish puts together what the format looks at.
func (e *slowEvent) finish() {
	e.parameters = e.all["pathParameters"]
	if e.Format.Payload2() {
		e.fields, e.queryText, e.Method = e.all["headers"], e.rawQuery, e.context.httpMethod
		if len(e.cookies) > 0 {
			e.fields = slices.DeleteFunc(e.fields, func(f slowField) bool { return strings.EqualFold(f.name, "Cookie") })
			e.fields = append(e.fields, slowField{"Cookie", []string{strings.Join(e.cookies, "; ")}})
		}
		return
	}
	e.fields = e.all["multiValueHeaders"].and(e.all["headers"], strings.EqualFold)
	exactly := func(a, b string) bool { return a == b }
	escape := url.QueryEscape
	if e.Format.LoadBalancer() {
		escape = strings.Clone
	}
	var pairs []string
	for _, f := range e.all["multiValueQueryStringParameters"].and(e.all["queryStringParameters"], exactly) {
		for _, value := range f.values {
			pairs = append(pairs, escape(f.name)+"="+escape(value))
		}
	}
	e.queryText = strings.Join(pairs, "&")
}

// body decodes the body.
func (e *slowEvent) body() ([]byte, error) {
	if e.isBase64 {
		return base64.StdEncoding.DecodeString(e.bodyText)
	}
	return []byte(e.bodyText), nil
}
