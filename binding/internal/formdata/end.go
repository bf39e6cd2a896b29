package formdata

import (
	"errors"
	"io"
	"strings"
)

// untilEnd reads a multipart body. Where the body ends it fails: package multipart takes
// an end within the header of a part for the end of the form. A form ends with its
// closing line, behind which nothing has to be read.
type untilEnd struct {
	r    io.Reader
	last string // the closing line
	tail []byte // the last bytes that were read
}

// errEnded is what reading behind the end of a body fails with.
var errEnded = errors.New("the body has ended")

func (u *untilEnd) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	most := len(u.last) + maxPadding
	u.tail = append(u.tail, p[max(0, n-most):n]...)
	u.tail = u.tail[max(0, len(u.tail)-most):]
	if err == io.EOF {
		err = errEnded
	}
	return n, err
}

// maxPadding is more white space than there is behind a closing line.
const maxPadding = 64

// closed reports whether the next part could not be read only because the closing line is
// the last one and no line break follows. An error within the header of a part comes as
// it is, one at a line between parts comes wrapped.
func (u *untilEnd) closed(err error) bool {
	if err == errEnded || !errors.Is(err, errEnded) {
		return false
	}
	rest, ok := strings.CutSuffix(strings.TrimRight(string(u.tail), " \t\r"), u.last)
	return ok && (rest == "" || rest[len(rest)-1] == '\n')
}
