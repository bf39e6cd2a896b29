package binding

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/anygrain/anygrain/binding/internal/formdata"
	"github.com/anygrain/anygrain/binding/internal/urlencoded"
)

// readForm fills what comes from a form. A form without a Content-Type is
// taken for a urlencoded one.
func (r *request) readForm() error {
	contentType := r.contentType()
	if contentType == urlencodedForm { // as a rule, in as many words
		return r.withBody(r.checkEncoding, r.readPairs)
	}
	media, params, err := mime.ParseMediaType(contentType)
	switch {
	case err == nil && media == multipartForm && params["boundary"] != "":
		return r.readMultipart(params["boundary"])
	case isMultipart(contentType):
		return r.withBody(r.checkEncoding, r.refuseBoundary)
	}
	return r.withBody(r.checkForm, r.readPairs)
}

const (
	urlencodedForm = "application/x-www-form-urlencoded"
	multipartForm  = "multipart/form-data"
)

// isMultipart reports whether the type is that of a multipart form, whatever its
// parameters are.
func isMultipart(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.Trim(media, " \t"), multipartForm)
}

// refuseBoundary reports a multipart form that does not say what its parts begin with.
func (r *request) refuseBoundary([]byte) {
	r.formFault("syntax", "must be sent with one boundary in its Content-Type, as in multipart/form-data; boundary=abc")
}

// checkForm refuses a body that is not declared as a urlencoded form.
func (r *request) checkForm() error {
	if err := r.checkEncoding(); err != nil {
		return err
	}
	contentType := r.contentType()
	if contentType == "" {
		return nil
	}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil || media != urlencodedForm || !isUTF8(params) {
		return wrongMediaType(expectFormType)
	}
	return nil
}

// readPairs binds a urlencoded form.
func (r *request) readPairs(data []byte) {
	if urlencoded.Decode(data, r.giveFormField) {
		return
	}
	for one := range bytes.SplitSeq(data, []byte{'&'}) { // one of them is malformed, and nothing was given
		if !urlencoded.Decode(one, r.giveFormField) {
			r.malformedFormField(one)
		}
	}
}

func (r *request) giveFormField(name, value string) {
	if p := r.formField(name); p != nil {
		r.giveText(p, value)
	}
}

// malformedFormField reports a pair that cannot be decoded, as what it is if the name is that
// of a field of the In. A name that cannot be decoded is none.
func (r *request) malformedFormField(pair []byte) {
	raw, _, _ := bytes.Cut(pair, []byte{'='})
	name := string(raw)
	urlencoded.Decode(raw, func(decoded, _ string) { name = decoded })
	switch p := r.formField(name); {
	case p == nil:
	case p.file != notFile:
		r.giveText(p, "")
	default:
		r.malformedPair(p)
	}
}

// formField returns the field of the In for the name of a form field. An unknown one is reported.
func (r *request) formField(name string) *inField {
	p := named(r.codec.form, name)
	if p == nil && !r.limits.AllowUnknown && !r.faults.full() {
		r.faults.unknown(len(r.codec.fields), string(InForm)+"."+clip(name))
	}
	return p
}

// giveText gives a field text of a form.
func (r *request) giveText(p *inField, value string) {
	if p.file != notFile {
		r.malformed(p, p.location, "type", "must be an uploaded file (multipart/form-data)")
		return
	}
	r.giveInput(p, value)
}

// formFault reports a form that cannot be read.
func (r *request) formFault(rule, message string) {
	r.faults.cannotRead(r.codec.form[0].order, string(InForm), string(InForm), rule, message)
}

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
