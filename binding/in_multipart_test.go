package binding_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/anygrain/anygrain/binding"
)

const cutForm = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\nContent-Type: text/plain\r\n\r\na\r\n--\r\n" +
	"--b\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.txt\"\r\n\r\nx\r\n--b-\r\n" +
	"--b\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"b\"\r\n\r\n\r\n--b--"

// A form is whole when its closing line has come, with a line break behind it or without.
func TestAMultipartFormThatBreaksOff(t *testing.T) {
	codec := compileIn[signup](t)
	for name, reader := range map[string]func(io.Reader) io.Reader{
		"at once": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader, "with its end": iotest.DataErrReader,
	} {
		for _, nl := range []string{"\r\n", "\n"} {
			body := strings.ReplaceAll(cutForm, "\r\n", nl)
			for cut := 1; cut < len(body); cut++ {
				src := withBody("multipart/form-data; boundary=b", "")
				src.body = reader(strings.NewReader(body[:cut]))
				var in signup
				if err := codec.Bind(t.Context(), &in, src, binding.Limits{}, nil); err == nil {
					t.Fatalf("%s: %q is accepted", name, body[:cut])
				} else {
					wantTold(t, err, "malformed", "form syntax: must be a form as its Content-Type says (RFC 7578)")
				}
			}
			for _, end := range []string{"", "\r", nl, " \t" + nl, nl + "epilogue", nl + nl, nl + "--b" + nl} {
				src := withBody("multipart/form-data; boundary=b", "")
				src.body = reader(strings.NewReader(body + end))
				var in signup
				err := codec.Bind(t.Context(), &in, src, binding.Limits{}, nil)
				wantTold(t, err)
				if in.Text != "a"+nl+"--" || len(in.Docs) != 2 || !bytes.Equal(in.Docs[0].Data, []byte("x"+nl+"--b-")) {
					t.Errorf("%s with %q behind it: bound %+v", name, end, in)
				}
			}
		}
	}
}

func TestAThousandFieldsThatEndWithTheirClosingLine(t *testing.T) {
	body := strings.Repeat("--b\r\nContent-Disposition: form-data; name=age\r\n\r\n1\r\n", 1000) + "--b--"
	in, err := bind[signup](t, withBody("multipart/form-data; boundary=b", body))
	wantTold(t, err)
	if len(in.Ages) != 1000 {
		t.Errorf("bound %d", len(in.Ages))
	}
}

func TestFileNamesHaveNoControlCharacters(t *testing.T) {
	for disposition, want := range map[string]string{
		`filename*=UTF-8''a%00b%0D%0Ac%7F.txt`:    "abc.txt",
		`filename*=UTF-8''..%2Fx%2F.%00.`:         "",
		`filename*=UTF-8''a%5C%0Ab`:               "b",
		`filename*=UTF-8''%C3%A9%C2%85.txt`:       "\u00e9.txt",
		`filename*0="a"; filename*1*=%0D%0Ab`:     "ab",
		`filename*0*=UTF-8''a%0A; filename*1="b"`: "ab",
	} {
		in, err := bind[signup](t, withFields(t, field{`name="photo"; ` + disposition, "", "x"}))
		wantTold(t, err)
		if in.Photo == nil || in.Photo.Name != want {
			t.Errorf("%s: bound %+v, want %q", disposition, in.Photo, want)
		}
	}
}
