package quick

import (
	"reflect"
	"strconv"
	"sync"
)

// Rule is a rule as it stands in a tag, on values of one type.
type Rule struct {
	Name  string // "min"
	Param string // "1"

	typ     reflect.Type // of the value
	words   Words
	once    sync.Once
	message string
}

// Message says in words what is expected. They are looked for when the rule is broken for
// the first time: most are not while a program runs.
func (r *Rule) Message() string {
	r.once.Do(func() { r.message = r.words(r.Name, r.Param, r.typ.Kind(), r.typ) })
	return r.message
}

// Failure is a rule that is broken.
type Failure struct {
	Path string // from the struct that was checked: "Items[3].Quantity"
	*Rule
}

// report tells what is wrong with one value. It belongs to one check.
type report struct {
	path   []byte // to the value that is being checked
	room   [64]byte
	take   func(Failure) (more bool)
	found  bool // there was a failure
	enough bool // the check can end
	unsure bool // validator has to be asked
}

func newReport(take func(Failure) (more bool)) *report {
	r := &report{take: take}
	r.path = r.room[:0]
	return r
}

// enterField goes into a field of a struct. It returns what leave needs to go back.
func (r *report) enterField(name string) (around int) {
	around = len(r.path)
	if around > 0 {
		r.path = append(r.path, '.')
	}
	r.path = append(r.path, name...)
	return around
}

// enterElement goes into an element of a list.
func (r *report) enterElement(i int) (around int) {
	around = len(r.path)
	r.path = append(strconv.AppendInt(append(r.path, '['), int64(i), 10), ']')
	return around
}

// enterKey goes into a value of a map.
func (r *report) enterKey(key string) (around int) {
	around = len(r.path)
	r.path = append(append(append(r.path, '['), key...), ']')
	return around
}

func (r *report) leave(around int) { r.path = r.path[:around] }

// broken notes that the value breaks the rule. Nobody may have asked.
func (r *report) broken(rule *Rule) {
	if r != nil && !r.enough {
		r.found = true
		r.enough = !r.take(Failure{string(r.path), rule})
	}
}

// ask notes that only validator can say what is wrong. Nobody may have asked.
func (r *report) ask() {
	if r != nil && !r.enough {
		r.unsure, r.enough = true, true
	}
}
