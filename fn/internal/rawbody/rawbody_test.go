package rawbody

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
)

// host is a request of a host; its body can be read once.
type host struct{ body io.Reader }

func (h host) Body() io.Reader { return h.body }

// inMemory is a body that a host has in memory.
type inMemory struct{ io.Reader }

func (inMemory) Bytes() []byte { return []byte("0123456789") }

func begin(body io.Reader, limit int64) *Body {
	b := &Body{}
	b.Begin(context.Background(), host{body}, limit)
	return b
}

// kinds are the bodies that hosts have, all with the same bytes.
var kinds = map[string]func() io.Reader{
	"at once":          func() io.Reader { return strings.NewReader("0123456789") },
	"byte by byte":     func() io.Reader { return iotest.OneByteReader(strings.NewReader("0123456789")) },
	"its end with it":  func() io.Reader { return iotest.DataErrReader(strings.NewReader("0123456789")) },
	"empty reads":      func() io.Reader { return &hesitant{r: strings.NewReader("0123456789")} },
	"in memory":        func() io.Reader { return inMemory{strings.NewReader("0123456789")} },
	"of a known size":  func() io.Reader { return io.NewSectionReader(strings.NewReader("0123456789"), 0, 10) },
	"of unknown size":  func() io.Reader { return io.MultiReader(strings.NewReader("01234"), strings.NewReader("56789")) },
	"a byte, the rest": func() io.Reader { return io.MultiReader(strings.NewReader("0"), strings.NewReader("123456789")) },
}

// hesitant returns nothing every other time, as an io.Reader may.
type hesitant struct {
	r    io.Reader
	even bool
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.even = !h.even; h.even {
		return 0, nil
	}
	return h.r.Read(p)
}

func each(t *testing.T, test func(t *testing.T, body io.Reader)) {
	for name, body := range kinds {
		t.Run(name, func(t *testing.T) { test(t, body()) })
	}
}

func mustRead(t *testing.T, r io.Reader, want string) {
	t.Helper()
	got, err := io.ReadAll(r)
	if err != nil || string(got) != want {
		t.Errorf("read %q, %v; want %q", got, err, want)
	}
}

func mustHave(t *testing.T, b *Body, limit int64, want string) {
	t.Helper()
	got, over, err := b.Whole(context.Background(), limit)
	if err != nil || over || string(got) != want {
		t.Errorf("got %q, %v, %v; want %q", got, over, err, want)
	}
}

func TestReadersAndWholeBeginAtTheBeginning(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, body io.Reader) {
		b := begin(body, 10)
		half := b.Reader()
		if _, err := io.ReadFull(half, make([]byte, 5)); err != nil {
			t.Fatal(err)
		}
		mustRead(t, b.Reader(), "0123456789")
		mustRead(t, half, "56789")
		mustHave(t, b, 10, "0123456789")
		mustHave(t, b, 10, "0123456789")
		mustRead(t, b.Stream(), "0123456789")
		mustRead(t, b.Reader(), "0123456789")
	})
}

func TestAReaderMayReadOverTheLimitAndIsThenAlone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, body io.Reader) {
		b := begin(body, 9)
		mustRead(t, b.Reader(), "0123456789")
		if _, err := io.ReadAll(b.Reader()); !errors.Is(err, ErrTooLarge) {
			t.Errorf("another reader: got %v, want that it is too large", err)
		}
		if _, err := io.ReadAll(b.Stream()); !errors.Is(err, ErrTooLarge) {
			t.Errorf("a stream: got %v, want that it is too large", err)
		}
		if _, over, err := b.Whole(context.Background(), 9); !over || err != nil {
			t.Errorf("whole: got %v, %v, want that it is too large", over, err)
		}
	})
}

func TestWholeStopsAtTheLimitAndReadersGoOn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, body io.Reader) {
		b := begin(body, 9)
		for range 2 {
			if _, over, err := b.Whole(context.Background(), 9); !over || err != nil {
				t.Errorf("got %v, %v, want that it is too large", over, err)
			}
		}
		mustRead(t, b.Reader(), "0123456789")
	})
}

func TestAStreamIsHadOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, body io.Reader) {
		b := begin(body, 10)
		b.Reader() // to know whether there is one keeps nothing
		mustRead(t, b.Stream(), "0123456789")
		if _, err := io.ReadAll(b.Reader()); !errors.Is(err, ErrTaken) {
			t.Errorf("got %v, want that it is taken", err)
		}
		if _, _, err := b.Whole(context.Background(), 10); !errors.Is(err, ErrTaken) {
			t.Errorf("got %v, want that it is taken", err)
		}
	})
}

// Who reads a body first keeps it: a stream that is asked for afterwards is another reader.
func TestAStreamOfABodyThatWasReadIsAReader(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, body io.Reader) {
		b := begin(body, 10)
		mustHave(t, b, 10, "0123456789")
		mustRead(t, b.Stream(), "0123456789")
		mustHave(t, b, 10, "0123456789")
	})
	each(t, func(t *testing.T, body io.Reader) {
		b := begin(body, 10)
		mustRead(t, b.Reader(), "0123456789")
		b.Stream()
		mustHave(t, b, 10, "0123456789")
	})
}

// sized is a body of which the host knows the size, and that cannot be read yet.
type sized struct{ panics }

func (sized) Size() int64 { return 10 }

// A body whose size is known is refused, and its size told, before it is read.
func TestASizeThatIsKnownIsNotReadFirst(t *testing.T) {
	t.Parallel()
	b := begin(sized{}, 9)
	if _, over, err := b.Whole(context.Background(), 9); !over || err != nil {
		t.Errorf("got %v, %v, want that it is too large", over, err)
	}
	if size := b.Reader().(*Reader).Size(); size != 10 {
		t.Errorf("the size is %d, want 10", size)
	}
	b.Stream()
	if _, over, err := b.Whole(context.Background(), 9); over || !errors.Is(err, ErrTaken) {
		t.Errorf("got %v, %v, want that it is taken", over, err)
	}
}

func TestTheSizeOfAReaderIsWhatIsKnown(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ before, after int64 }{
		"in memory": {10, 10}, "of a known size": {10, 10}, "of unknown size": {-1, 10},
	} {
		r := begin(kinds[name](), 10).Reader().(*Reader)
		if size := r.Size(); size != test.before {
			t.Errorf("%s: the size is %d, want %d", name, size, test.before)
		}
		mustRead(t, r, "0123456789")
		if size := r.Size(); size != test.after {
			t.Errorf("%s: behind its end the size is %d, want %d", name, size, test.after)
		}
	}
}

// closer is a body that the host wants closed.
type closer struct {
	io.Reader
	closed bool
}

func (c *closer) Close() error { c.closed = true; return nil }

func TestAStreamClosesTheBody(t *testing.T) {
	t.Parallel()
	for name, look := range map[string]bool{"at once": false, "after a look": true} {
		body := &closer{Reader: strings.NewReader("0123456789")}
		b := begin(body, 10)
		if look {
			b.Reader()
		}
		if err := b.Stream().(io.Closer).Close(); err != nil || !body.closed {
			t.Errorf("%s: %v, closed: %v", name, err, body.closed)
		}
	}
}

func TestAnEmptyBodyIsNone(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]io.Reader{
		"none": nil, "empty": strings.NewReader(""), "empty, hesitating": &hesitant{r: strings.NewReader("")},
	} {
		b := begin(body, 10)
		if b.Reader() != nil {
			t.Errorf("%s: there is a reader", name)
		}
		if b.Stream() != nil {
			t.Errorf("%s: there is a stream", name)
		}
		mustHave(t, b, 10, "")
	}
}

func TestWhatBreaksOffBreaksOffForAll(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	b := begin(io.MultiReader(strings.NewReader("01"), iotest.ErrReader(broken)), 10)
	for range 2 {
		if got, err := io.ReadAll(b.Reader()); !errors.Is(err, broken) || string(got) != "01" {
			t.Errorf("got %q, %v; want 01 and that it is broken", got, err)
		}
		if _, _, err := b.Whole(context.Background(), 10); !errors.Is(err, broken) {
			t.Errorf("got %v, want that it is broken", err)
		}
	}
}

// stuck has some bytes, and then nothing: no byte, no end, no error.
type stuck struct {
	begin io.Reader
	reads int
}

func (r *stuck) Read(p []byte) (int, error) {
	if n, _ := r.begin.Read(p); n > 0 {
		return n, nil
	}
	r.reads++
	return 0, nil
}

// A body that makes no progress breaks off.
func TestABodyWithoutProgressBreaksOff(t *testing.T) {
	t.Parallel()
	for _, begun := range []string{"", "0123"} {
		for name, read := range map[string]func(b *Body) error{
			"whole":    func(b *Body) error { _, _, err := b.Whole(context.Background(), 10); return err },
			"a reader": func(b *Body) error { _, err := io.ReadAll(b.Reader()); return err },
		} {
			source := &stuck{begin: strings.NewReader(begun)}
			b := begin(source, 10)
			for range 2 {
				if err := read(b); err != io.ErrNoProgress || source.reads != mostIdle {
					t.Errorf("%s of %q: got %v after %d reads, want %v after %d", name, begun, err, source.reads, io.ErrNoProgress, mostIdle)
				}
			}
		}
	}
	b := begin(io.MultiReader(&pausing{left: mostIdle - 1}, strings.NewReader("0"), &pausing{left: mostIdle - 1}, strings.NewReader("1")), 10)
	mustHave(t, b, 10, "01")
}

// pausing has nothing for some reads.
type pausing struct{ left int }

func (p *pausing) Read([]byte) (int, error) {
	if p.left--; p.left < 0 {
		return 0, io.EOF
	}
	return 0, nil
}

func TestAReaderThatPanicsIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	b := begin(panics{}, 10)
	func() {
		defer func() { _ = recover() }()
		_, _, _ = b.Whole(context.Background(), 10)
	}()
	if _, _, err := b.Whole(context.Background(), 10); !errors.Is(err, errBroken) {
		t.Errorf("got %v, want that it has panicked", err)
	}
}

type panics struct{}

func (panics) Read([]byte) (int, error) { panic("thrown") }

func TestWhoWaitsForAnotherReaderWaitsForItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		from, to := io.Pipe()
		b := begin(from, 10)
		go func() { _, _, _ = b.Whole(context.Background(), 10) }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, _, err := b.Whole(ctx, 10); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want that it is cancelled", err)
		}
		go func() {
			_, _ = io.WriteString(to, "late")
			_ = to.Close()
		}()
		mustHave(t, b, 10, "late")
	})
}

// What somebody may still look at is not used again.
func TestEndLeavesWhatIsLookedAt(t *testing.T) {
	t.Parallel()
	for name, look := range map[string]func(b *Body) func(t *testing.T){
		"lent": func(b *Body) func(t *testing.T) {
			data, _, _ := b.Whole(context.Background(), 10)
			return func(t *testing.T) {
				if string(data) != "0123456789" {
					t.Errorf("got %q", data)
				}
			}
		},
		"a reader": func(b *Body) func(t *testing.T) {
			r := b.Reader()
			_, _ = io.ReadFull(r, make([]byte, 3))
			return func(t *testing.T) { mustRead(t, r, "3456789") }
		},
		"a stream after a look": func(b *Body) func(t *testing.T) {
			b.Reader()
			r := b.Stream()
			return func(t *testing.T) { mustRead(t, r, "0123456789") }
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := begin(iotest.DataErrReader(strings.NewReader("0123456789")), 10)
			check := look(b)
			b.End()
			other := begin(strings.NewReader("abcdefghij"), 10)
			mustHave(t, other, 10, "abcdefghij")
			check(t)
		})
	}
}

// Who comes behind the end gets nothing, least of all the bytes of another request.
func TestBehindTheEndThereIsNothing(t *testing.T) {
	t.Parallel()
	b := begin(strings.NewReader("0123456789"), 10)
	mustHave(t, b, 10, "0123456789")
	b.Done()
	b.End()
	other := begin(strings.NewReader("abcdefghij"), 10)
	mustHave(t, other, 10, "abcdefghij")
	if data, _, err := b.Whole(context.Background(), 10); !errors.Is(err, ErrTaken) {
		t.Errorf("got %q, %v", data, err)
	}
	if data, err := io.ReadAll(b.Reader()); !errors.Is(err, ErrTaken) {
		t.Errorf("read %q, %v", data, err)
	}
}

func TestTheMemoryOfABodyIsUsedAgain(t *testing.T) {
	const size = 32 << 10
	long, text := strings.Repeat("x", size), strings.NewReader("")
	n := testing.AllocsPerRun(200, func() {
		text.Reset(long)
		b := begin(text, size)
		if _, _, err := b.Whole(context.Background(), size); err != nil {
			t.Fatal(err)
		}
		b.Done()
		b.End()
	})
	if n > 5 { // 2 of the test, 9 with the memory; the race detector lets a pool forget some
		t.Errorf("got %v allocations, want fewer", n)
	}
}
