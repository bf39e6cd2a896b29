// Package formdata reads multipart forms (RFC 7578) that lie in memory, part by part.
package formdata

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Part is a field of a form, or a file.
type Part struct {
	Name        string
	File        bool   // it is a file, which may have no name
	FileName    string // the client's name of it, the last element alone, whatever system it comes from
	ContentType string // as the client says
	from        *multipart.Part
}

// Data reads the content.
func (p *Part) Data() ([]byte, error) { return io.ReadAll(p.from) }

// Reader reads the parts of a form one after the other.
type Reader struct {
	body *untilEnd
	form *multipart.Reader
}

// NewReader returns the reader of a form whose parts begin with a boundary.
func NewReader(data []byte, boundary string) *Reader {
	body := &untilEnd{r: bytes.NewReader(data), last: "--" + boundary + "--"}
	return &Reader{body, multipart.NewReader(body, boundary)}
}

// Next returns the next part, and io.EOF behind the closing line. A form that ends without one
// is malformed.
func (r *Reader) Next() (*Part, error) {
	one, err := r.form.NextPart()
	switch {
	case err != nil && r.body.closed(err):
		return nil, io.EOF
	case err != nil:
		return nil, err
	}
	p := &Part{Name: one.FormName(), ContentType: one.Header.Get("Content-Type"), from: one}
	p.FileName, p.File = fileName(one)
	return p, nil
}

// fileName returns the last element of the client's file name, and whether the part is a file
// at all.
func fileName(one *multipart.Part) (name string, isFile bool) {
	_, params, err := mime.ParseMediaType(one.Header.Get("Content-Disposition"))
	if err != nil {
		return "", false
	}
	name, isFile = params["filename"]
	if utf8.ValidString(name) { // what is not is refused, and not mended
		name = strings.Map(withoutControls, name)
	}
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if name == "." || name == ".." {
		name = ""
	}
	return name, isFile
}

// withoutControls leaves control characters out, which only filename*= can have.
func withoutControls(c rune) rune {
	if unicode.IsControl(c) {
		return -1
	}
	return c
}
