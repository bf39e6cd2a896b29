package rules

import (
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

// judged has rules on all that an In is made of.
type judged struct {
	judgedPart
	ID      string            `validate:"required,uuid"`
	Mail    string            `validate:"omitempty,email"`
	Site    *string           `validate:"omitempty,http_url,max=40"`
	Kind    string            `validate:"oneof=small large"`
	Path    string            `validate:"required,startswith=/,endswith=!,contains=-"`
	Count   int               `validate:"min=1,max=9"`
	Share   float64           `validate:"gte=0,lt=1"`
	Bytes   []byte            `validate:"max=4"`
	At      *time.Time        `validate:"required"`
	Parts   []judgedPart      `validate:"min=1,max=3,dive"`
	Links   []*judgedPart     `validate:"omitempty,dive,required"`
	Grid    [2][]uint8        `validate:"dive,max=2,dive,ne=7"`
	Labels  map[string]string `validate:"max=2"`
	Numbers *[]int            `validate:"required,dive,gt=0"`
	Late    *int              `validate:"max=3,required,min=2"`
	Rest    *[]*uint8         `validate:"min=1,dive,lt=9"`
	Next    *judged
}

type judgedPart struct {
	Name string `validate:"required,alphanum,max=5"`
	Size uint16 `validate:"eq=3"`
}

// dice draws the values of a judged out of bytes.
type dice []byte

func (d *dice) upTo(n int) int {
	if len(*d) == 0 {
		return 0
	}
	rolled := int((*d)[0]) % n
	*d = (*d)[1:]
	return rolled
}

func (d *dice) text() string {
	texts := []string{"", "a", "abc9", "abcdef", "/a-!", "/a", "small", "a@b.example", "nonsense", "a@@b", "https://a.example/b", "ftp:", "é\xff",
		"6ba7b810-9dad-41d1-80b4-00c04fd430c8", "6BA7B810-9DAD-41D1-80B4-00C04FD430C8", "6ba7b810x9dad-41d1-80b4-00c04fd430c8"}
	return texts[d.upTo(len(texts))]
}

func (d *dice) part() judgedPart { return judgedPart{d.text(), uint16(d.upTo(5))} }

func (d *dice) judged(depth int) *judged {
	if depth > 2 || d.upTo(3) == 0 {
		return nil
	}
	j := &judged{judgedPart: d.part(), ID: d.text(), Mail: d.text(), Kind: d.text(), Path: d.text(), Count: d.upTo(12) - 1,
		Share: float64(d.upTo(5)-1) / 3, Bytes: make([]byte, d.upTo(6))}
	for range d.upTo(5) {
		j.Parts, j.Links, j.Grid[1] = append(j.Parts, d.part()), append(j.Links, nil), append(j.Grid[1], uint8(d.upTo(9)))
	}
	if len(j.Links) > 1 {
		p := d.part()
		j.Links[1] = &p
	}
	if d.upTo(2) == 1 {
		site, numbers := d.text(), []int{d.upTo(3), d.upTo(3)}
		late, least := d.upTo(5), uint8(d.upTo(12))
		j.Site, j.Numbers, j.At, j.Late, j.Rest = &site, &numbers, new(time.Time), &late, &[]*uint8{&least, nil}
	}
	for i := range d.upTo(4) {
		j.Labels = map[string]string{"a": "", fmt.Sprint(i): "", "b": ""}
	}
	j.Next = d.judged(depth + 1)
	return j
}

var update = flag.Bool("update", false, "write testdata/answers.txt")

// The answers stand in a file, to which builds with and without the tag quickrules are held.
// FuzzFailures holds those of the latter to go-playground/validator.
func TestTheAnswersAreTheSameInEveryBuild(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if problems := s.Check(reflect.TypeFor[judged]()); len(problems) > 0 {
		t.Fatal(problems)
	}
	var got strings.Builder
	for n := range 80 {
		var d dice
		for i := range 300 {
			d = append(d, byte(binary.BigEndian.Uint32(fmt.Appendf(nil, "%04d", (n*7919+i*104729)%9973))>>(i%3*3)))
		}
		if in := d.judged(0); in != nil {
			fmt.Fprintf(&got, "%d:", n)
			for _, f := range s.Struct(t.Context(), in) {
				fmt.Fprintf(&got, " %s %s", f.Path, f.Rule)
			}
			got.WriteByte('\n')
		}
	}
	const file = "testdata/answers.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("got\n%s", got.String())
	}
}
