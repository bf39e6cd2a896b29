package config

import (
	"runtime"
	"strings"
	"sync"
	"weak"
)

// hiddenText is a text that reflection does not find: it can follow the pointer, and
// meets a function, which it can neither look into nor, since the field is not exported,
// call. A string would be found there, and so would bytes.
type hiddenText struct{ reveal func() string }

// hiddenTexts has the texts that are in use, so that the same text is the same pointer,
// and Secrets can be compared. Nothing stays in it that no Secret holds: a program may
// make one of every request.
var hiddenTexts sync.Map // text → weak.Pointer[hiddenText]

// hide returns the one hiddenText of a text, nil for the empty one.
func hide(text string) *hiddenText {
	if text == "" {
		return nil
	}
	for {
		known, found := hiddenTexts.Load(text)
		if !found {
			made := newHidden(strings.Clone(text)) // not the whole body that it may be a part of
			if known, found = hiddenTexts.LoadOrStore(made.text, made.weak); !found {
				runtime.AddCleanup(made.hidden, forget, made.entry)
				return made.hidden
			}
		}
		if hidden := known.(weak.Pointer[hiddenText]).Value(); hidden != nil {
			return hidden
		}
		hiddenTexts.CompareAndDelete(text, known) // nobody holds it, and its cleanup is still to come
	}
}

// entry is one of hiddenTexts.
type entry struct {
	text string
	weak weak.Pointer[hiddenText]
}

func forget(e entry) { hiddenTexts.CompareAndDelete(e.text, e.weak) }

// newText is an entry that nobody knows yet, with what keeps it.
type newText struct {
	entry
	hidden *hiddenText
}

func newHidden(text string) newText {
	hidden := &hiddenText{func() string { return text }}
	return newText{entry{text, weak.Make(hidden)}, hidden}
}
