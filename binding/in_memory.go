package binding

import (
	"bytes"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/gotype"
)

// {} is two bytes in JSON, and hundreds in memory as an element of a list. So what a body
// would take is found out before it is decoded, where it could be much: a list or map that is
// longer than its rules allow is decoded up to the element that breaks them, and those without
// rules may take so many times the memory that the body has.
const (
	roomForOwn = 32      // times the bytes of the body
	roomAlways = 1 << 20 // bytes that any body may take
)

// room is what the elements of lists and maps in a value take, nil when there are none.
type room struct {
	fields map[string]*room // of a struct, by the names of their members, and by those folded
	elem   *room            // of a list or map
	kind   reflect.Kind     // Struct, Slice or Map
	size   int64            // bytes that an element takes in memory
	fixed  bool             // it is an array, with room of its own
	most   int              // elements that are stored at most, one more than the rules allow; 0 when they do not say
}

// roomOf is the room of a set of fields that is read from one object, or of one value.
type roomOf struct {
	*room
	largest int64 // of the elements
	ruled   bool  // the rules limit one of the lists and maps
}

// roomBuilder makes the room of each type once: types can contain themselves.
type roomBuilder struct {
	made map[roomKey]*room
	of   roomOf
}

type roomKey struct {
	typ   reflect.Type
	rules string
}

// roomOfParts returns the room of the members of an object.
func roomOfParts(parts []*part) roomOf {
	b := roomBuilder{made: map[roomKey]*room{}}
	top := &room{kind: reflect.Struct, fields: map[string]*room{}}
	for _, p := range parts {
		if p.raw != rawReader && p.raw != rawBytes {
			if inner := b.value(p.Type, p.Rules); inner != nil {
				top.add(p.JSON, inner)
			}
		}
	}
	return b.done(top)
}

// roomOfValue returns the room of a value that is the whole body.
func roomOfValue(t reflect.Type, rules string) roomOf {
	b := roomBuilder{made: map[roomKey]*room{}}
	return b.done(b.value(t, rules))
}

func (b *roomBuilder) done(top *room) roomOf {
	if b.of.largest > 0 {
		b.of.room = top
	}
	return b.of
}

func (b *roomBuilder) value(t reflect.Type, rules string) *room {
	if t = gotype.Indirect(t); readsItself(t) {
		return nil
	}
	key := roomKey{t, rules}
	if t.Kind() == reflect.Struct {
		key.rules = "" // those of its fields are their own
	}
	if known, ok := b.made[key]; ok {
		return known
	}
	switch t.Kind() {
	case reflect.Struct:
		return b.structure(t, key)
	case reflect.Array:
		_, inner := cutDive(rules)
		return b.list(&room{kind: reflect.Slice, fixed: true}, t, inner, key)
	case reflect.Slice, reflect.Map:
		if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			return nil // base64
		}
		own, inner := cutDive(rules)
		made := &room{kind: t.Kind(), size: sizeInMemory(t.Elem()), most: mostOf(own)}
		if t.Kind() == reflect.Map {
			made.size += sizeInMemory(t.Key())
		}
		b.of.largest = max(b.of.largest, made.size)
		b.of.ruled = b.of.ruled || made.most > 0
		return b.list(made, t, inner, key)
	}
	return nil
}

func (b *roomBuilder) list(made *room, t reflect.Type, rules string, key roomKey) *room {
	b.made[key] = made
	made.elem = b.value(t.Elem(), rules)
	return made
}

func (b *roomBuilder) structure(t reflect.Type, key roomKey) *room {
	made := &room{kind: reflect.Struct, fields: map[string]*room{}}
	b.made[key] = made
	b.members(made, t)
	return made
}

// members adds the members of a struct, those of embedded ones too.
func (b *roomBuilder) members(to *room, t reflect.Type) {
	for f := range t.Fields() {
		name, _ := jsonTag(f)
		switch {
		case f.Tag.Get("json") == "-":
		case inlined(f) && !readsItself(gotype.Indirect(f.Type)):
			if embedded := b.value(f.Type, ""); embedded != nil {
				maps.Copy(to.fields, embedded.fields)
			}
		case f.IsExported():
			if name == "" {
				name = f.Name
			}
			if inner := b.value(f.Type, f.Tag.Get("validate")); inner != nil {
				to.add(name, inner)
			}
		}
	}
}

// mostOf returns how many elements can be stored before rules are broken for certain, one
// more than they allow; 0 when they do not say.
func mostOf(rules string) int {
	most := 0
	for rule := range strings.SplitSeq(rules, ",") {
		name, param, _ := strings.Cut(rule, "=")
		n, err := strconv.ParseInt(param, 0, 32)
		switch name {
		case "max", "lte", "len", "eq":
			n++
		case "lt":
		default:
			continue
		}
		if err == nil && n > 0 && (most == 0 || int(n) < most) {
			most = int(n)
		}
	}
	return most
}

// sizeInMemory is what an element of the type takes, with what it points to.
func sizeInMemory(t reflect.Type) int64 {
	size := int64(t.Size())
	for t.Kind() == reflect.Pointer && size < roomAlways {
		t = t.Elem()
		size += int64(t.Size())
	}
	return size
}

// mayBeLarge reports whether a body could take more memory than any may: an element is behind
// a bracket or a comma.
func (o roomOf) mayBeLarge(data []byte) bool {
	if int64(len(data)/2)*o.largest <= roomAlways {
		return false
	}
	most := int64(0)
	for _, before := range []string{",", "[", "{"} {
		if most += int64(bytes.Count(data, []byte(before))); most*o.largest > roomAlways {
			return true
		}
	}
	return false
}

// fitting is a body that is looked through before it is decoded.
type fitting struct {
	dec   *jsontext.Decoder
	data  []byte
	own   bool  // data is a copy
	ruled bool  // rules are asked
	left  int64 // bytes that elements may still take
}

// fit returns the body without the elements that are more than rules allow: there are spaces
// in their place, so that offsets stay as they are. The error is tooMuchRoom, or what is
// wrong with the JSON, which may stand in what was taken out.
func (o roomOf) fit(data []byte, ruled, loose bool) ([]byte, error) {
	f := fitting{ruled: ruled, dec: jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(loose)), data: data, left: max(roomAlways, roomForOwn*int64(len(data)))}
	err := f.value(o.room, true)
	return f.data, err
}

// errTooMuchRoom is said of a body whose lists would take too much memory.
var errTooMuchRoom = tooMuchRoom{}

type tooMuchRoom struct{}

func (tooMuchRoom) Error() string { return "the lists of the body take too much memory" }

// value looks through one value. It is bounded when rules say how long all lists around it are.
func (f *fitting) value(r *room, bounded bool) error {
	kind := f.dec.PeekKind()
	isList := kind == '['
	switch {
	case r == nil || kind != '[' && kind != '{' || isList != (r.kind == reflect.Slice):
		return f.dec.SkipValue()
	case r.kind == reflect.Struct:
		return f.object(r, bounded)
	}
	return f.elements(r, bounded && (r.fixed || f.ruled && r.most > 0))
}

// object looks through the members of a struct.
func (f *fitting) object(r *room, bounded bool) error {
	if _, err := f.dec.ReadToken(); err != nil {
		return err
	}
	for f.dec.PeekKind() != '}' {
		name, err := f.dec.ReadValue()
		if err == nil {
			err = f.value(r.member(name), bounded)
		}
		if err != nil {
			return err
		}
	}
	_, err := f.dec.ReadToken()
	return err
}

// add adds a member. Names can be read loosely, by its tag or for the whole app; the room of
// one that is not there then is of no harm.
func (r *room) add(name string, inner *room) {
	r.fields[name] = inner
	if folded := foldName(name); r.fields[folded] == nil {
		r.fields[folded] = inner
	}
}

// member returns the room of a member by its name in JSON.
func (r *room) member(quoted []byte) *room {
	if len(r.fields) == 0 {
		return nil
	}
	if inner := r.fields[string(quoted[1:len(quoted)-1])]; inner != nil {
		return inner
	}
	name, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		return nil
	}
	if inner := r.fields[string(name)]; inner != nil {
		return inner
	}
	return r.fields[foldName(string(name))]
}

// foldName returns what names have in common that are the same for the JSON package where it
// looks neither at the case of letters nor at - and _.
func foldName(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '-' || c == '_' {
			return -1
		}
		least := c
		for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, name)
}

// elements looks through those of a list or map, and takes out what its rules do not allow.
func (f *fitting) elements(r *room, bounded bool) error {
	open, err := f.dec.ReadToken()
	if err != nil {
		return err
	}
	end := open.Kind() + 2 // ] and } come two behind [ and {
	for n := 0; f.dec.PeekKind() != end; n++ {
		if f.ruled && r.most > 0 && n == r.most {
			return f.takeOut(end)
		}
		if !bounded {
			if f.left -= r.size; f.left < 0 {
				return errTooMuchRoom
			}
		}
		if r.kind == reflect.Map {
			if err := f.dec.SkipValue(); err != nil {
				return err
			}
		}
		if err := f.value(r.elem, bounded); err != nil {
			return err
		}
	}
	_, err = f.dec.ReadToken()
	return err
}

// takeOut takes the rest of a list or map out of the body, up to its end or to what is wrong
// with it.
func (f *fitting) takeOut(end jsontext.Kind) error {
	from := f.dec.InputOffset()
	to := from
	for f.dec.PeekKind() != end {
		if end == '}' {
			if err := f.dec.SkipValue(); err != nil {
				return f.blank(from, to, err)
			}
		}
		if err := f.dec.SkipValue(); err != nil {
			return f.blank(from, to, err)
		}
		to = f.dec.InputOffset()
	}
	_, err := f.dec.ReadToken()
	return f.blank(from, to, err)
}

// blank writes spaces over a part of the body, which belongs to whoever sent it.
func (f *fitting) blank(from, to int64, err error) error {
	if !f.own && to > from {
		f.data, f.own = bytes.Clone(f.data), true
	}
	for i := from; i < to; i++ {
		f.data[i] = ' '
	}
	return err
}
