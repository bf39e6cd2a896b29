package fntest

import (
	"bytes"
	"slices"
	"sync"

	"github.com/go-json-experiment/json"
)

// logs keeps what the app logs. A logger writes a line at a time.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) lines() [][]byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Split(slices.Clone(bytes.TrimSpace(l.text.Bytes())), []byte("\n"))
}

// Logs returns the lines that the app has logged so far, each decoded from
// JSON: "level", "message" and the fields of the line; numbers are float64. A
// line that is no JSON object stands under "message". With fn.WithLogger the
// app logs elsewhere, as it does when it is given as a *fn.Unit: there are none.
func (c *Client) Logs() []map[string]any {
	var all []map[string]any
	for _, line := range c.logs.lines() {
		if len(line) == 0 {
			continue
		}
		fields := map[string]any{}
		if err := json.Unmarshal(line, &fields); err != nil {
			fields = map[string]any{"message": string(line)}
		}
		all = append(all, fields)
	}
	return all
}
