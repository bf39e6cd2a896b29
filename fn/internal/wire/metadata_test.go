package wire_test

import (
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// An envelope of before metadata is read as it was, and metadata that no caller writes is refused.
func TestMetadataOfACall(t *testing.T) {
	for meta, want := range map[string]string{
		`{"v":1,"contract":"c","path":[]}`:                                 "",
		`{"v":1,"contract":"c","path":[],"metadata":{"user":"ada"}}`:       "",
		`{"v":1,"contract":"c","path":[],"metadata":{"User":"ada"}}`:       `metadata "User": a name is`,
		`{"v":1,"contract":"c","path":[],"metadata":{"":"ada"}}`:           `metadata "": a name is`,
		`{"v":1,"contract":"c","path":[],"metadata":{"user":"a\u0000da"}}`: `metadata "user": its text`,
	} {
		_, err := wire.ParseCall([]byte(`{"function":"a.b","call":` + meta + `,"in":{}}`))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", meta, err)
		}
	}
}
