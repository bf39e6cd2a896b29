package eventkind_test

import (
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
