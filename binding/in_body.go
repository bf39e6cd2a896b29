package binding

import (
	"bytes"
	"io"
	"net/textproto"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// readBody fills what comes from the body. A body that nothing comes from is
// not read.
func (r *request) readBody() error {
	switch p := r.codec; {
	case p.whole != nil && p.whole.As == model.AsStream:
		return r.readStream()
	case p.whole != nil && p.whole.As != model.AsJSON:
		return r.withBody(r.checkEncoding, r.readRaw)
	case p.whole != nil:
		return r.withBody(r.checkJSON, r.readValue)
	case p.body != nil:
		return r.withBody(r.checkJSON, r.readMembers)
	case len(p.form) > 0:
		return r.readForm()
	}
	return nil
}

// withBody reads the body to its end and hands it on when there is one. The
// bytes are borrowed: what is bound from them is copied.
func (r *request) withBody(check func() error, use func(data []byte)) error {
	data, err := r.wholeBody()
	if err != nil || len(data) == 0 {
		return err
	}
	if err := check(); err != nil {
		return err
	}
	use(data)
	return nil
}

// maxKept is the largest buffer that is kept for other requests.
const maxKept = 64 << 10

// wholeBody returns the bytes of the body, which are there until giveBack.
func (r *request) wholeBody() ([]byte, error) {
	source, ok := r.src.(lender)
	if !ok {
		body := r.src.Body()
		if body == nil {
			return nil, nil
		}
		return r.bytes(body)
	}
	data, err := lent(r.ctx, source, r.limits.Body)
	if err == nil {
		r.lender = source
	}
	return data, err
}

// bytes reads the body of a source that does not keep it.
func (r *request) bytes(body io.Reader) ([]byte, error) {
	if b, ok := body.(interface{ Bytes() []byte }); ok {
		data := b.Bytes()
		if int64(len(data)) > r.limits.Body {
			return nil, tooLarge(r.limits.Body)
		}
		return data, nil
	}
	if size(body) > r.limits.Body {
		return nil, tooLarge(r.limits.Body)
	}
	buffer, ok := r.codec.buffers.Get().(*bytes.Buffer)
	if !ok {
		buffer = new(bytes.Buffer)
	}
	r.bounded = bounded{r: body, left: r.limits.Body, limit: r.limits.Body}
	_, err := buffer.ReadFrom(&r.bounded)
	r.buffer = buffer // not before: of a reader that panicked nothing is used again
	return buffer.Bytes(), refusal(err)
}

// giveBack gives the memory of the body back to whoever has lent it.
func (r *request) giveBack() {
	if r.lender != nil {
		r.lender.DoneWithBody()
		r.lender = nil
	}
	if r.buffer != nil && r.buffer.Cap() <= maxKept {
		r.buffer.Reset()
		r.codec.buffers.Put(r.buffer)
	}
	r.buffer = nil
}

// readStream binds the body itself. It is read by the handler.
func (r *request) readStream() error {
	var stream io.Reader = bytes.NewReader(nil) // so that a handler can read without asking
	if body := r.src.Body(); body != nil {
		if err := r.checkEncoding(); err != nil {
			return err
		}
		if source, ok := r.src.(streamer); ok {
			body = source.Stream()
		}
		if size(body) > r.limits.Body {
			return tooLarge(r.limits.Body)
		}
		stream = limit(body, r.limits.Body)
	}
	r.wholeField().Set(reflect.ValueOf(stream))
	return nil
}

// wholeField is the field that takes the whole body, or the In itself.
func (r *request) wholeField() reflect.Value {
	if r.codec.model.Bare {
		return r.dst
	}
	return r.codec.whole.in(r.dst)
}

// readRaw binds the body as bytes or text, of whatever media type.
func (r *request) readRaw(data []byte) {
	field := r.wholeField()
	switch whole := r.codec.whole; {
	case whole.As == model.AsBytes:
		field.SetBytes(bytes.Clone(data))
	case utf8.Valid(data):
		field.SetString(string(data))
	default:
		r.malformed(whole, whole.location, "syntax", textvalue.ExpectString)
	}
}

// readValue binds the body as one JSON value.
func (r *request) readValue(data []byte) {
	data, wrong := r.trim(r.codec.lists, data, false)
	if r.refused != nil {
		return
	}
	into := r.wholeField()
	err := r.unmarshal(data, into.Addr().Interface(), into.SetZero)
	if trimmed, late := r.trimLate(r.codec.lists, data, err); trimmed != nil {
		data, wrong = trimmed, late
		into.SetZero()
		err = r.unmarshal(data, into.Addr().Interface(), into.SetZero)
	}
	if r.json = data; err == nil {
		err = wrong
	}
	if err != nil {
		r.explain(nil, err)
	}
}

// readMembers binds the body as a JSON object.
func (r *request) readMembers(data []byte) {
	r.decoded = true
	r.readObject(r.codec.body, data)
}

// readDirect binds the direct form.
func (r *request) readDirect(data []byte) {
	if r.codec.model.Bare {
		if len(trimJSON(data)) > 0 {
			r.readValue(data)
		}
		return
	}
	r.readObject(r.codec.direct, data)
}

// trimJSON takes the space around a JSON value away.
func trimJSON(data []byte) []byte { return bytes.Trim(data, " \t\r\n") }

// checkEncoding refuses a compressed body: a limit on its bytes would not bound
// what comes out of it. A raw body whose In also asks for the header is the
// handler's own business.
func (r *request) checkEncoding() error {
	if p := r.codec.whole; p != nil && p.As != model.AsJSON && named(r.codec.header, "Content-Encoding") != nil {
		return nil
	}
	encodings, _ := r.header("Content-Encoding")
	for encoding := range strings.SplitSeq(encodings, ",") {
		if encoding = textproto.TrimString(encoding); encoding != "" && !strings.EqualFold(encoding, "identity") {
			return wrongMediaType("must be sent without Content-Encoding")
		}
	}
	return nil
}
