package fnlambda_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

type nameInput struct {
	Name string `json:"name"`
}

// runs are functions that would run on any JSON at all, each alone in its unit.
func runs(ran *bool) map[string]fn.Function {
	route := fn.Route("POST /things")
	return map[string]fn.Function{
		"a strict In":  fn.New("a.b", func(context.Context, nameInput) (string, error) { *ran = true; return "", nil }, route),
		"AllowUnknown": fn.New("a.b", func(context.Context, nameInput) (string, error) { *ran = true; return "", nil }, fn.AllowUnknown()),
		"a map":        fn.New("a.b", func(context.Context, map[string]any) (string, error) { *ran = true; return "", nil }),
		"no members":   fn.New("a.b", func(context.Context, struct{}) (string, error) { *ran = true; return "", nil }, fn.AllowUnknown()),
		"Raw with a route": fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
			*ran = true
			return text(200, ""), nil
		}, route),
		"Native of a front door": fnlambda.Native("a.b", func(events.APIGatewayProxyRequest) (any, error) { *ran = true; return nil, nil }, route),
	}
}

// noEvents are samples that are no events: answers, parts of others, no JSON.
func noEvent(name string) bool {
	return strings.Contains(name, "-response") || strings.HasPrefix(name, "appsync-identity") || strings.Contains(name, "malformed")
}

// An event of another service never runs a function: what sends it takes an
// answer for its work done.
func TestNoFunctionRunsOnAnEventOfAnotherService(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples(t), "*.json"))
	if err != nil || len(files) < 80 {
		t.Fatalf("%d sample events, %v", len(files), err)
	}
	ran := false
	for kind, f := range runs(&ran) {
		h := newHandler(t, io.Discard, f)
		for _, file := range files {
			name := filepath.Base(file)
			if _, ok := httpSamples[name]; ok || noEvent(name) {
				continue
			}
			refused(t, h, &ran, kind+" got "+name, string(sample(t, name)))
		}
		for name, event := range moreEvents {
			refused(t, h, &ran, kind+" got "+name, event)
		}
	}
}

// moreEvents are kinds that the samples of aws-lambda-go do not have. The shapes
// are those of the services' developer guides.
var moreEvents = map[string]string{
	"a schedule":        `{"version":"0","id":"1","detail-type":"Scheduled Event","source":"aws.events","account":"1","time":"2026-01-01T00:00:00Z","region":"r","resources":[],"detail":{}}`,
	"an own event":      `{"version":"0","id":"1","detail-type":"order.created","source":"com.example.shop","account":"1","time":"t","region":"r","resources":[],"detail":{"name":"x"}}`,
	"a pipe":            `[{"messageId":"1","body":"{}","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:r:1:q"}]`,
	"own Kafka":         `{"eventSource":"SelfManagedKafka","bootstrapServers":"b:9092","records":{"t-0":[]}}`,
	"DocumentDB":        `{"eventSourceArn":"arn:aws:rds:r:1:cluster:c","events":[],"eventSource":"aws:docdb"}`,
	"a custom resource": `{"RequestType":"Create","ResponseURL":"https://s3.example/x","StackId":"s","RequestId":"r","ResourceType":"Custom::X","LogicalResourceId":"X","ResourceProperties":{"name":"x"}}`,
	"VPC Lattice":       `{"version":"2.0","path":"/x","method":"GET","headers":{},"requestContext":{"serviceNetworkArn":"a","serviceArn":"b","targetGroupArn":"c"}}`,
	"VPC Lattice, old":  `{"raw_path":"/x","method":"GET","headers":{},"query_string_parameters":{},"body":"","is_base64_encoded":false}`,
	"a resolver":        `{"arguments":{"name":"x"},"identity":null,"source":null,"request":{"headers":{}},"prev":null,"info":{"fieldName":"f","parentTypeName":"Query","variables":{}},"stash":{}}`,
	"Lex, new":          `{"sessionId":"s","messageVersion":"1.0","invocationSource":"DialogCodeHook","bot":{"name":"b"},"sessionState":{}}`,
	"an agent":          `{"messageVersion":"1.0","agent":{"name":"a"},"actionGroup":"g","function":"f","sessionId":"s"}`,
	"Alexa":             `{"version":"1.0","session":{},"context":{},"request":{"type":"LaunchRequest","requestId":"r"}}`,
	"a destination":     `{"version":"1.0","timestamp":"t","requestContext":{"requestId":"r","functionArn":"f","condition":"Success","approximateInvokeCount":1},"requestPayload":{"name":"x"},"responsePayload":{}}`,
	"an alarm":          `{"source":"aws.cloudwatch","alarmArn":"a","accountId":"1","time":"t","region":"r","alarmData":{}}`,
	"an edge":           `{"Records":[{"cf":{"config":{"eventType":"viewer-request"},"request":{"uri":"/"}}}]}`,
	"the test of S3":    `{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"t","Bucket":"b","RequestId":"r","HostId":"h"}`,
	"a durable step":    `{"DurableExecutionArn":"a","CheckpointToken":"t","InitialExecutionState":{"Operations":[]}}`,
	"a login":           `{"username":"u","password":"hush","protocol":"SFTP","serverId":"s","sourceIp":"192.0.2.1"}`,
	"a hook":            `{"DeploymentId":"d","LifecycleEventHookExecutionId":"l"}`,
	"a WebSocket":       `{"requestContext":{"routeKey":"$default","eventType":"MESSAGE","connectionId":"c","stage":"s"},"body":"x","isBase64Encoded":false}`,
}

func refused(t *testing.T, h *fnlambda.Handler, ran *bool, what, event string) {
	t.Helper()
	out, err := h.Invoke(t.Context(), []byte(event))
	if err == nil || *ran {
		t.Errorf("%s: it was answered with %s", what, out)
		*ran = false
		return
	}
	got := message(t, err)
	if !strings.HasPrefix(got, "unimplemented: the event is a") || strings.Contains(got, "hush") || !strings.Contains(got, "takes") {
		t.Errorf("%s: the error is %s", what, got)
	}
}

// What a state machine, a rule of IoT or a test in the console sends is an In,
// though it may have some of the members of an event.
func TestPayloadsThatLookLikeEventsAreIns(t *testing.T) {
	for _, payload := range []string{
		`{"Records":[]}`, `{"Records":[{"id":1}]}`, `{"Records":"x","name":"y"}`, `{"source":"aws.s3","detail":{}}`, `{"detail-type":"x","detail":{}}`, `{"eventSource":"mine"}`,
		`{"records":[1]}`, `{"invocationId":"1","records":[]}`, `{"request":{"type":"x"},"version":"1.0"}`, `{"requestContext":{"requestId":"1"}}`, `{"Name":"x","Details":{"a":1}}`,
		`{"Step":"createSecret"}`, `{"username":"u","protocol":"p"}`, `{"body":"{}","eventSourceARN":"x"}`, `{"Service":"x","Event":"y"}`, `{"info":{"fieldName":"x"},"arguments":{}}`,
	} {
		ran := false
		h := newHandler(t, io.Discard, runs(&ran)["a map"])
		if _, err := h.Invoke(t.Context(), []byte(payload)); err != nil || !ran {
			t.Errorf("%s: %v, ran %v", payload, err, ran)
		}
	}
}

type bucketChange struct {
	Source     string         `json:"source"`
	DetailType string         `json:"detail-type"`
	Detail     map[string]any `json:"detail"`
}

// An In that has the members of an event was made for it.
func TestAnInWithTheMembersOfAnEventTakesIt(t *testing.T) {
	for name, f := range map[string]fn.Function{
		"sqs-event.json":            fn.New("a.b", func(_ context.Context, e events.SQSEvent) (string, error) { return e.Records[0].MessageId, nil }, fn.AllowUnknown()),
		"ecr-image-push-event.json": fn.New("a.b", func(_ context.Context, e bucketChange) (string, error) { return e.Source, nil }, fn.AllowUnknown()),
	} {
		if out, err := newHandler(t, io.Discard, f).Invoke(t.Context(), sample(t, name)); err != nil || len(out) < 4 {
			t.Errorf("%s: got %s, %v", name, out, err)
		}
	}
}

type Record struct {
	Body   string `json:"body"`
	Source string `json:"eventSource"`
}

type nestedRecord struct {
	*Record
	Attributes map[string]string
}

// A pipe sends its records as an array, and Kafka one object that is no batch.
func TestAnInOfRecordsTakesWhatAPipeSends(t *testing.T) {
	ran := false
	loose := fn.AllowUnknown()
	for name, tt := range map[string]struct {
		f     fn.Function
		event string
		takes bool
	}{
		"a list of records":            {fn.New("a.b", func(context.Context, []Record) (string, error) { ran = true; return "", nil }, loose), moreEvents["a pipe"], true},
		"a list of pointers":           {fn.New("a.b", func(context.Context, []*Record) (string, error) { ran = true; return "", nil }, loose), moreEvents["a pipe"], true},
		"records with an embedded one": {fn.New("a.b", func(context.Context, []nestedRecord) (string, error) { ran = true; return "", nil }, loose), moreEvents["a pipe"], true},
		"a list of other structs":      {fn.New("a.b", func(context.Context, []nameInput) (string, error) { ran = true; return "", nil }, loose), moreEvents["a pipe"], false},
		"a list of maps":               {fn.New("a.b", func(context.Context, []map[string]any) (string, error) { ran = true; return "", nil }, loose), moreEvents["a pipe"], false},
		"Kafka's own event":            {fn.New("a.b", func(context.Context, events.KafkaEvent) (string, error) { ran = true; return "", nil }, loose), moreEvents["own Kafka"], true},
		"a record for a batch":         {fn.New("a.b", func(context.Context, Record) (string, error) { ran = true; return "", nil }, loose), string(sample(t, "sqs-event.json")), false},
		"a batch for a record":         {fn.New("a.b", func(context.Context, events.SQSEvent) (string, error) { ran = true; return "", nil }, loose), moreEvents["own Kafka"], false},
	} {
		ran = false
		if out, err := newHandler(t, io.Discard, tt.f).Invoke(t.Context(), []byte(tt.event)); ran != tt.takes || (err == nil) != tt.takes {
			t.Errorf("%s: ran %v, want %v: %s, %v", name, ran, tt.takes, out, err)
		}
	}
}

// The error for an event that is not taken says what would be.
func TestARefusedEventIsToldWhatTheUnitTakes(t *testing.T) {
	var many []string
	for i := range 21 {
		many = append(many, fmt.Sprintf(`"m%d":0`, i))
	}
	two := []fn.Function{payloads("a.b"), payloads("a.c")}
	ran := false
	typed := []fn.Function{runs(&ran)["a strict In"]}
	for name, tt := range map[string]struct {
		functions []fn.Function
		event     string
		want      []string
		not       string
	}{
		"one function":  {typed, moreEvents["a schedule"], []string{"aws.events", "the In of a.b", `{"function":"a.b","in":{…}}`}, "NAME"},
		"several":       {two, moreEvents["a schedule"], []string{"aws.events", `{"function":"NAME","in":{…}}, with NAME one of`, "a.b", "a.c"}, "the In of"},
		"many members":  {two, "{" + strings.Join(many, ",") + "}", []string{`"m19" and more`}, "m20"},
		"as many":       {two, "{" + strings.Join(many[:20], ",") + "}", []string{`"m19"; `}, "and more"},
		"cut off":       {two, `{"a":`, []string{"the event is not JSON"}, "takes"},
		"a cut literal": {two, `tru`, []string{"the event is not JSON"}, "takes"},
	} {
		_, err := newHandler(t, io.Discard, tt.functions...).Invoke(t.Context(), []byte(tt.event))
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		got := message(t, err)
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the error is %s\nwant %q in it", name, got, want)
			}
		}
		if strings.Contains(got, tt.not) {
			t.Errorf("%s: the error is %s\nwant it without %q", name, got, tt.not)
		}
	}
}

// A handler that takes any event goes on taking every one.
func TestAHandlerOfAnyEventGetsThemAll(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples(t), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	count := func(context.Context, json.RawMessage) (int, error) { return 1, nil }
	bare := fn.Raw("a.b", func(_ context.Context, req *fn.Request) (*fn.Reply, error) { return &fn.Reply{Body: []byte("1")}, nil })
	for what, f := range map[string]fn.Function{"Native": fnlambda.Native("a.b", count, fn.Route("GET /x")), "Raw": bare} {
		h := newHandler(t, io.Discard, f)
		for _, file := range files {
			if _, http := httpSamples[filepath.Base(file)]; http || noEvent(file) {
				continue
			}
			if out, err := h.Invoke(t.Context(), sample(t, filepath.Base(file))); err != nil || string(out) != "1" {
				t.Errorf("%s got %s: %s, %v", what, filepath.Base(file), out, err)
			}
		}
	}
}

func TestAHandlerOfOneKindOfEventGetsNoOther(t *testing.T) {
	ran := false
	h := newHandler(t, io.Discard, fnlambda.Native("jobs.work", func(events.SQSEvent) error { ran = true; return nil }))
	refused(t, h, &ran, "a handler of SQS", string(sample(t, "s3-event.json")))
	refused(t, h, &ran, "a handler of SQS", moreEvents["a schedule"])
	for _, payload := range []string{`{}`, `{"Records":[]}`, `{"x":1}`, string(sample(t, "sqs-event.json"))} {
		if _, err := h.Invoke(t.Context(), []byte(payload)); err != nil || !ran {
			t.Errorf("%.40s: %v", payload, err)
		}
	}
	h = newHandler(t, io.Discard, fnlambda.Native("jobs.work", func(events.CloudWatchEvent) error { ran = true; return nil }))
	if _, err := h.Invoke(t.Context(), []byte(moreEvents["a schedule"])); err != nil {
		t.Error(err)
	}
}

var warmUps = []string{
	`{"source":"serverless-plugin-warmup"}`, `{"source":"serverless-plugin-lambda-warmup","type":"warmup"}`, `{"warmer":true,"concurrency":3}`,
	`{"type":"warmer","warmerId":"w","index":0,"concurrency":2,"delay":75}`, `{"source":"my-warm-up"}`, `{"warmup":true}`,
	`{"source":"Serverless-Plugin-WarmUp"}`, `{"keepWarm":true}`,
}

func TestWarmUpEventsAreAnswered(t *testing.T) {
	ran := false
	for _, functions := range [][]fn.Function{
		{fn.Raw("a.b", unreachable(t)), fn.Raw("a.c", unreachable(t))}, {runs(&ran)["a map"]}, {runs(&ran)["a strict In"]},
	} {
		h := newHandler(t, io.Discard, functions...)
		for _, event := range warmUps {
			if out, err := h.Invoke(t.Context(), []byte(event)); err != nil || string(out) != "null" || ran {
				t.Errorf("%s to %d functions: %s, %v", event, len(functions), out, err)
			}
		}
	}
	h := newHandler(t, io.Discard, fn.New("a.b", func(_ context.Context, in struct {
		Source string `json:"source"`
	}) (string, error) {
		return in.Source, nil
	}))
	if out, err := h.Invoke(t.Context(), []byte(warmUps[0])); err != nil || string(out) != `"serverless-plugin-warmup"` {
		t.Errorf("an In of its own: %s, %v", out, err)
	}
	h = newHandler(t, io.Discard, fn.Raw("a.b", unreachable(t)), fn.Raw("a.c", unreachable(t)))
	for _, event := range []string{moreEvents["a schedule"], `{"warmer":false}`, `{"type":"x"}`, `{"warmer":tru`} {
		if out, err := h.Invoke(t.Context(), []byte(event)); err == nil {
			t.Errorf("%s was answered: %s", event, out)
		}
	}
}

type taker struct{ got []string }

func (k *taker) Invoke(_ context.Context, payload []byte) ([]byte, error) {
	k.got = append(k.got, string(payload))
	return []byte(`"taken"`), nil
}

func TestOtherEventsAreHandedOn(t *testing.T) {
	k := &taker{}
	app := fn.NewApp[fn.NoConfig]("test")
	app.Add(payloads("a.b"), payloads("a.c"))
	h, err := fnlambda.New(t.Context(), app, fnlambda.OtherEvents(k))
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range []string{moreEvents["a schedule"], `{"function":"a.b","in":{}}`, `{"x":1}`, warmUps[0]} {
		if _, err := h.Invoke(t.Context(), []byte(event)); err != nil {
			t.Errorf("%s: %v", event, err)
		}
	}
	if !slices.Equal(k.got, []string{moreEvents["a schedule"], `{"x":1}`}) {
		t.Errorf("it got %q", k.got)
	}
}
