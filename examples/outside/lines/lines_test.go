package lines_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"example.com/outside/lines"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/hosttest"
)

func TestHost(t *testing.T) {
	hosttest.Run(t, func(_ *testing.T, app fn.Starter) hosttest.Host {
		return hosttest.Host{Invoke: func(ctx context.Context, function string, in []byte) ([]byte, error) {
			line := fmt.Appendf(nil, `{"function":%q,"in":%s}`, function, in)
			var out bytes.Buffer
			if err := lines.Serve(ctx, app, bytes.NewReader(line), &out); err != nil {
				return nil, err
			}
			var answer struct {
				Out   json.RawMessage
				Error *struct {
					Code, Message string
					Violations    []fn.Violation
				}
			}
			if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
				return nil, err
			}
			if e := answer.Error; e != nil {
				code, _ := fn.ParseCode(e.Code)
				return nil, fn.Errorf(code, "%s", e.Message).WithViolations(e.Violations...)
			}
			return answer.Out, nil
		}}
	})
}
