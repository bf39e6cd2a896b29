package binding

import (
	"io"
	"unicode/utf8"

	"github.com/anygrain/anygrain/binding/internal/formdata"
)

// maxParts bounds the fields and files of a multipart form.
const maxParts = 1000

// readMultipart binds a multipart form (RFC 7578).
func (r *request) readMultipart(boundary string) error {
	return r.withBody(r.checkEncoding, func(data []byte) {
		if err := r.readParts(formdata.NewReader(data, boundary)); err != nil {
			r.formFault("syntax", "must be a form as its Content-Type says (RFC 7578)")
		}
	})
}

func (r *request) readParts(form *formdata.Reader) error {
	for range maxParts {
		switch one, err := form.Next(); {
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
	if _, err := form.Next(); err != io.EOF {
		r.formFault("size", "must have at most 1000 fields and files")
	}
	return nil
}

func (r *request) readPart(one *formdata.Part) error {
	p := r.formField(one.Name)
	if p == nil {
		return nil
	}
	data, err := one.Data()
	if err != nil {
		return err
	}
	switch {
	case !one.File:
		r.giveText(p, string(data))
	case one.FileName == "" && len(data) == 0: // what a browser sends when no file was chosen
	default:
		r.giveFile(p, File{Name: one.FileName, ContentType: one.ContentType, Data: data})
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
