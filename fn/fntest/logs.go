package fntest

import (
	"bytes"
	"slices"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
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

// since returns what has been logged behind the first n bytes.
func (l *logs) since(n int) []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.text.Bytes()[n:])
}

func (l *logs) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Len()
}

func (l *logs) lines() [][]byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Split(slices.Clone(bytes.TrimSpace(l.text.Bytes())), []byte("\n"))
}

// Logs returns the lines that the app has logged so far, each decoded from
// JSON: "level", "message" and the fields of the line; numbers are float64. Of a
// key that a line has twice the last value counts, as it does for most readers of logs. A
// line that is no JSON object stands under "message". With fn.WithLogger the
// app logs elsewhere, as it does when it is given as a *fn.Unit: there are none.
func (c *Client) Logs() []map[string]any {
	var all []map[string]any
	for _, line := range c.logs.lines() {
		if len(line) == 0 {
			continue
		}
		all = append(all, readLine(line))
	}
	return all
}

// readLine reads a line leniently: one that could not be read would be missing
// where a test looks for errors.
func readLine(line []byte) map[string]any {
	var members map[string]jsontext.Value // the last of equal names stays
	if err := json.Unmarshal(line, &members, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil || members == nil {
		return map[string]any{"message": string(line)}
	}
	fields := make(map[string]any, len(members))
	for name, text := range members {
		var value any
		if err := json.Unmarshal(text, &value, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
			return map[string]any{"message": string(line)}
		}
		fields[name] = value
	}
	return fields
}
