package grain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/anygrain/anygrain/fn"
)

// Proof is a hash of what the functions declare: their names and routes, and the places,
// types, defaults and rules of what goes in and out. Whoever has described them, and with that
// checked them, gives it to the linker of their unit:
//
//	go build -ldflags "-X github.com/anygrain/anygrain/fn.proof=PROOF" …
//
// Such a unit does not check again at each start, and compiles what a function needs when it is
// first used. It logs the proof when it starts, so that a log says which declarations run.
func Proof(functions []fn.Function) string {
	h := sha256.New()
	for _, f := range functions {
		fmt.Fprintf(h, "function %q %s\n", f.Name(), f.Version())
		for _, r := range f.Routes() {
			fmt.Fprintf(h, "route %q %d\n", r.Pattern, r.Status)
		}
		fmt.Fprintf(h, "%d parts of the In\n", len(f.Input()))
		for _, p := range slices.Concat(f.Input(), f.Output()) {
			fmt.Fprintf(h, "part %q %q %q %s %q %t %q\n", p.Where, p.Name, p.JSON, p.Type, p.Default, p.HasDef, p.Rules)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:proofBytes])
}

// proofBytes are enough to tell two builds of an app apart.
const proofBytes = 8
