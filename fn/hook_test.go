package fn_test

import (
	"context"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestAHookOutsideAConstructorPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("OnStart accepted a context that is no constructor's")
		}
	}()
	fn.OnStart(t.Context(), func(context.Context) error { return nil })
}
