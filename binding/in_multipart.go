package binding

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxParts bounds the fields and files of a multipart form.
const maxParts = 1000

// readMultipart binds a multipart form (RFC 7578).
func (r *request) readMultipart(boundary string) error {
	return r.withBody(r.checkEncoding, func(data []byte) {
		whole := &untilEnd{r: bytes.NewReader(data), last: "--" + boundary + "--"}
		if err := r.readParts(whole.partsOf(multipart.NewReader(whole, boundary))); err != nil {
			r.formFault("syntax", "must be a form as its Content-Type says (RFC 7578)")
		}
	})
}

func (r *request) readParts(next func() (*multipart.Part, error)) error {
	for range maxParts {
		switch one, err := next(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		default:
			if err := r.readPart(one); err != nil {
				return err
			}
		}
	}
	if _, err := next(); err != io.EOF {
		r.formFault("size", "must have at most 1000 fields and files")
	}
	return nil
}

func (r *request) readPart(one *multipart.Part) error {
	p := r.formPart(one.FormName())
	if p == nil {
		return nil
	}
	data, err := io.ReadAll(one)
	if err != nil {
		return err
	}
	name, isFile := fileName(one)
	switch {
	case !isFile:
		r.giveText(p, string(data))
	case name == "" && len(data) == 0: // what a browser sends when no file was chosen
	default:
		r.giveFile(p, File{Name: name, ContentType: one.Header.Get("Content-Type"), Data: data})
	}
	return nil
}

func (r *request) giveFile(p *inField, f File) {
	n := r.seen[p.order]
	r.seen[p.order]++
	switch {
	case p.file == notFile:
		r.malformed(p, p.location, "type", "must be text, not a file")
	case !utf8.ValidString(f.Name) || !utf8.ValidString(f.ContentType):
		r.malformed(p, p.at(n), "syntax", "must have a file name and a Content-Type in UTF-8")
	case n == 0 || p.file == fileList:
		p.file.put(p.in(r.dst), f)
	case n == 1:
		r.malformed(p, p.location, "duplicate", "must be given once")
	}
}

// fileName returns the last element of the client's file name, whatever system
// it comes from, and whether the part is a file at all.
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
