package frontdoor

import (
	"fmt"
	"slices"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// The fields come together in the order of their names' first, whether they are
// few or many.
func TestFieldsOfOneNameStandTogether(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 5, fewFields, fewFields + 1, 100} {
		for _, names := range []int{1, 2, 7, 200} {
			header := make(binding.Header, n)
			for i := range header {
				header[i] = binding.HeaderField{Name: fmt.Sprintf("%s%d", []string{"X-N", "x-n"}[i%3/2], i%names), Value: fmt.Sprint(i)}
			}
			var want binding.Header
			for name := range min(n, names) {
				for i := name; i < n; i += names {
					want = append(want, header[i])
				}
			}
			if got := grouped(header); !slices.Equal(got, want) {
				t.Errorf("%d fields of %d names:\n%v\nwant\n%v", n, names, got, want)
			}
		}
	}
}
