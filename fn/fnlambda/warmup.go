package fnlambda

import (
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/eventkind"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// isWarmUp reports whether a payload is what plugins send every few minutes to
// keep a process: serverless-plugin-warmup and its kin a source that says so,
// lambda-warmer {"warmer":true}, OpenNext {"type":"warmer"}, others {"warmup":true} or {"ping":true}.
// That the process runs is all that such an event wants.
func isWarmUp(text string) bool {
	r := scan.NewReader(text)
	if !r.Object() {
		return false
	}
	found := false
	for r.More('}') {
		name := r.Name()
		switch kind := r.Kind(); {
		case kind == 't' && warmFlags[name]:
			found = true
			r.Skip()
		case kind == '"' && (name == "source" || name == "type"):
			found = saysWarm(r.String()) || found
		case eventkind.IsRare(name):
			return false
		default:
			r.Skip()
		}
	}
	return found && !r.Failed()
}

var warmFlags = map[string]bool{"warmer": true, "warmup": true, "warmUp": true, "warm": true, "ping": true, "keepWarm": true}

func saysWarm(value string) bool {
	value = strings.ToLower(value)
	for _, word := range []string{"warmup", "warm-up", "warmer", "keep-warm"} {
		if strings.Contains(value, word) {
			return true
		}
	}
	return false
}

// maxWarmUp is more than any warm-up event has, in bytes.
const maxWarmUp = 1024

// warmUp reports whether the payload of the one function is a warm-up event.
func (a *accepted) warmUp(text string) bool {
	return !a.warmUps && len(text) <= maxWarmUp &&
		(strings.Contains(text, "warm") || strings.Contains(text, "Warm")) && isWarmUp(text)
}

// hasWarmUpMember reports whether an In has a member by which warm-up events are known.
func hasWarmUpMember(members map[string]bool) bool {
	for name := range members {
		if warmFlags[name] || name == "source" || name == "type" {
			return true
		}
	}
	return false
}
