package eventkind_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/eventkind"
)

func TestEventsAreKnownByTheirMembers(t *testing.T) {
	for text, want := range map[string]string{
		`{"Records":[{"eventSource":"aws:sqs","body":"secret"}]}`: `an event of "aws:sqs", with the members "Records"`,
		`[{"eventSource":"aws:kafka"}]`:                           `an event of "aws:kafka", an array of records`,
		`{"Records":[{"cf":{}}]}`:                                 `an event of CloudFront (Lambda@Edge), with the members "Records"`,
		`{"detail-type":"a","source":"aws.ec2","detail":{}}`:      `an event of "aws.ec2", with the members "detail-type", "source", "detail"`,
		`{"detail-type":"a","source":"my.shop","detail":{}}`:      `an event of EventBridge, with the members "detail-type", "source", "detail"`,
		`{"requestContext":{"connectionId":"7"}}`:                 `a WebSocket event of API Gateway, with the members "requestContext"`,
		`{"id":"7"}`: `of no known kind, with the members "id"`,
		`{}`:         `of no known kind, an object without members`,
		`7`:          `no JSON object`,
	} {
		e, ok := eventkind.Read(text)
		if got := e.String(); !ok || got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
		if e.Kind() != "" && !eventkind.MayBeKnown(text) {
			t.Errorf("%s is of a kind, and has no member by which one is known", text)
		}
	}
	if _, ok := eventkind.Read(`{"Records":[`); ok {
		t.Error("what is cut off is read as JSON")
	}
}

// pack makes the data of a batch of CloudWatch Logs.
func pack(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// A batch of CloudWatch Logs is packed; of a large one, even of one that grows a thousandfold, the
// beginning is unpacked alone.
func TestTheLogGroupIsInThePackedData(t *testing.T) {
	head := `{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"/aws/lambda/orders","logStream":"s","subscriptionFilters":["f"],"logEvents":[`
	large := pack(t, head+strings.Repeat(" ", 64<<20)+"]}")
	for data, want := range map[string]string{
		pack(t, head+`{"message":"m"}]}`): "/aws/lambda/orders", large: "/aws/lambda/orders", large[:len(large)/2]: "/aws/lambda/orders",
		"": "", "no base64": "", "AAAA": "", pack(t, "no JSON"): "", pack(t, `{"logGroup":7}`): "", pack(t, `[]`): "", pack(t, `{"owner":"`+strings.Repeat("x", 1<<20)+`","logGroup":"late"}`): "",
	} {
		e, ok := eventkind.Read(`{"awslogs":{"data":"` + data + `"}}`)
		if !ok {
			t.Fatalf("%.40q is no JSON", data)
		}
		names, same := e.Sources()
		if got := strings.Join(names, " "); got != want || !same {
			t.Errorf("%.40q is from %q, %v, want %q", data, got, same, want)
		}
	}
}
