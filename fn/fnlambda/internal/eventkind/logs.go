package eventkind

import (
	"compress/gzip"
	"encoding/base64"
	"io"
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// logData is the place of what CloudWatch Logs sends. It is packed.
const logData = "awslogs.data"

// logHead is how much of a batch of CloudWatch Logs is unpacked, in bytes. What it says of itself
// stands before its lines, whose number does not count then.
const logHead = 16 << 10

// logGroup is the log group in the data of a batch of CloudWatch Logs (base64 of gzip of JSON; CloudWatch
// Logs User Guide, "Using subscription filters"), "" when there is none.
func logGroup(data string) string {
	unpacked, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)))
	if err != nil {
		return ""
	}
	head, _ := io.ReadAll(io.LimitReader(unpacked, logHead)) // what came before an error may be enough
	r := scan.NewReader(string(head))
	for r.Object(); r.More('}'); {
		if r.Name() == "logGroup" {
			return r.StringOrNull()
		}
		r.Skip()
	}
	return ""
}
