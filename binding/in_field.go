package binding

import (
	"reflect"
	"strconv"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// part is a field of an In with what is needed to fill it. Exactly one of
// text, file and raw is set for a field that is not read from JSON.
type part struct {
	Field
	defaults *defaults // nil when there is no default tag
	order    int       // among the fields of the In
	place    string    // where violations locate it: "query.limit"
	text     *textvalue.Reader
	file     fileKind
	raw      rawKind
	most     int    // values that a list of texts is given at most, one more than its rules allow; 0 when they do not say
	maps     bool   // there is a map in the type
	date     bool   // a header that is passed over when it is no date
	tag      string // the json tag for its member of an object: "limit,omitzero"
}

// in returns the part's field of an In.
func (p *part) in(v reflect.Value) reflect.Value {
	if len(p.Index) == 1 {
		return v.Field(p.Index[0])
	}
	return v.FieldByIndex(p.Index) // never through a pointer: those are refused
}

// located reports whether the part comes from elsewhere than the JSON body.
func (p *part) located() bool { return p.Where != Body }

// at is the location of the nth value of the part.
func (p *part) at(n int) string {
	if p.text != nil && p.text.List || p.file == fileList {
		return p.place + "[" + strconv.Itoa(n) + "]"
	}
	return p.place
}

// rawKind says how a whole body is taken when it is not read as JSON.
type rawKind int

const (
	notRaw rawKind = iota
	rawBytes
	rawString
	rawReader
)

var byteType = reflect.TypeFor[byte]()

// rawOf finds how a type takes a whole body. Types that read themselves from
// JSON, such as json.RawMessage, do.
func rawOf(t reflect.Type) rawKind {
	switch {
	case t == readerType:
		return rawReader
	case gotype.ReadsItself(t), gotype.IsNumber(t):
		return notRaw
	case t.Kind() == reflect.String:
		return rawString
	case t.Kind() == reflect.Slice && t.Elem() == byteType:
		return rawBytes
	}
	return notRaw
}

// fileKind says how a field takes uploaded files.
type fileKind int

const (
	notFile fileKind = iota
	oneFile
	filePointer
	fileList
)

// fileOf finds how a type takes uploaded files.
func fileOf(t reflect.Type) fileKind {
	switch t {
	case reflect.TypeFor[File]():
		return oneFile
	case reflect.TypeFor[*File]():
		return filePointer
	case reflect.TypeFor[[]File]():
		return fileList
	}
	return notFile
}

// put gives the field one file.
func (k fileKind) put(dst reflect.Value, f File) {
	switch k {
	case filePointer:
		dst.Set(reflect.ValueOf(&f))
	case fileList:
		dst.Set(reflect.Append(dst, reflect.ValueOf(f)))
	default:
		dst.Set(reflect.ValueOf(f))
	}
}
