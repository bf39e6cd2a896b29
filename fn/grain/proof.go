package grain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/model"
)

// Proof is a hash of what the functions declare: their names, routes, triggers and events, and the models of what
// goes in and out, with all types that those are made of. Whoever has described them, and with that
// checked them, gives it to the linker of their unit:
//
//	go build -ldflags "-X github.com/anygrain/anygrain/fn.proof=PROOF" …
//
// Such a unit does not check again at each start, and compiles what a function needs when it is
// first used. It logs the proof when it starts, so that a log says which declarations run.
func Proof(functions []fn.Function) string {
	h := sha256.New()
	for _, f := range functions {
		fmt.Fprintf(h, "function %q\n", f.Name())
		for _, r := range f.Routes() {
			fmt.Fprintf(h, "route %q %d\n", r.Pattern, r.Status)
		}
		for _, t := range f.Triggers() {
			fmt.Fprintf(h, "trigger %q %q\n", t.Kind(), t)
		}
		if kinds, sources, ok := f.Events(); ok {
			fmt.Fprintf(h, "events %q %q\n", kinds, sources)
		}
		writeModels(h, f)
	}
	return hex.EncodeToString(h.Sum(nil)[:proofBytes])
}

// writeModels writes what goes in and out of the function. A Raw function has no types.
func writeModels(h io.Writer, f fn.Function) {
	if f.In() == nil {
		return
	}
	in, _ := model.Input(f.In())
	out, _ := model.Output(f.Out())
	for _, m := range []*model.Model{in, out} {
		text, _ := m.AppendText(nil)
		_, _ = h.Write(text)
	}
}

// proofBytes are enough to tell two builds of an app apart.
const proofBytes = 8
