//go:build quickrules

package fn_test

import (
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

type comparing struct {
	A string `json:"a" validate:"eqfield=B"`
	B string `json:"b"`
}

const needsValidator = "comparing.A: has rules for which go-playground/validator has to be asked, and the tag quickrules leaves it out"

// A build that leaves validator out although a function needs it says so at its start, with the
// function's place.
func TestABuildWithoutValidatorRefusesWhatNeedsIt(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("greetings")
	app.Add(fn.New("greet.compare", nothing[comparing]))
	_, err := app.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), needsValidator) || !strings.Contains(err.Error(), "quickrules_test.go:") {
		t.Errorf("got %v", err)
	}
}

// One that is lazy says so in its log when the function is used, and serves the others.
func TestALazyBuildWithoutValidatorAnswersWhatItCan(t *testing.T) {
	fn.AsChecked(t)
	unit, log := start(t, append(manyGreetings(12), fn.New("greet.compare", nothing[comparing])))
	if reply := serve(t, unit, "greet.compare", source{}); reply.Status != 500 {
		t.Errorf("got %d %s", reply.Status, reply.Body)
	}
	if !strings.Contains(log.String(), needsValidator) || !strings.Contains(log.String(), "_test.go:") {
		t.Errorf("the log says %s", log)
	}
	if reply := serve(t, unit, "greet.f7", source{path: map[string]string{"name": "Ada"}}); reply.Status != 200 {
		t.Errorf("the function beside it: %d %s", reply.Status, reply.Body)
	}
}
