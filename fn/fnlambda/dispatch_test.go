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
	"github.com/anygrain/anygrain/fn/grain"
)

// ran are the functions that were run, by name.
type ran struct{ names []string }

// take returns what was run since it was asked last.
func (r *ran) take() string {
	names := strings.Join(r.names, " ")
	r.names = nil
	return names
}

// native declares a handler of an event type that notes that it ran.
func native[T any](r *ran, name string, options ...fn.FunctionOption) fn.Function {
	return fnlambda.Native(name, func(T) error { r.names = append(r.names, name); return nil }, options...)
}

// everyKind has a function for each type of event that aws-lambda-go has samples of.
func everyKind(r *ran) []fn.Function {
	return []fn.Function{
		native[events.ActiveMQEvent](r, "q.activemq"), native[events.RabbitMQEvent](r, "q.rabbitmq"), native[events.SQSEvent](r, "q.sqs"),
		native[events.SNSEvent](r, "q.sns"), native[events.KafkaEvent](r, "q.kafka"), native[events.S3Event](r, "s3.event"),
		native[events.S3BatchJobEvent](r, "s3.batch"), native[events.S3ObjectLambdaEvent](r, "s3.lambda"),
		native[events.DynamoDBEvent](r, "stream.dynamodb"), native[events.DynamoDBTimeWindowEvent](r, "stream.dynamodb_window"),
		native[events.KinesisEvent](r, "stream.kinesis"), native[events.KinesisTimeWindowEvent](r, "stream.kinesis_window"),
		native[events.KinesisFirehoseEvent](r, "stream.firehose"), native[events.KinesisAnalyticsOutputDeliveryEvent](r, "stream.analytics"),
		native[events.CloudwatchLogsEvent](r, "watch.logs"), native[events.CodeCommitEvent](r, "code.commit"), native[events.SimpleEmailEvent](r, "mail.ses"),
		native[events.CodePipelineJobEvent](r, "code.pipeline"), native[events.ConfigEvent](r, "watch.config"),
		native[events.AutoScalingEvent](r, "bus.autoscaling"), native[events.CodeBuildEvent](r, "bus.codebuild"), native[events.CodeDeployEvent](r, "bus.codedeploy"),
		native[events.CodePipelineCloudWatchEvent](r, "bus.codepipeline"), native[events.ECRImageActionEvent](r, "bus.ecr_push"), native[events.ECRScanEvent](r, "bus.ecr_scan"),
		native[events.ECSContainerInstanceEvent](r, "bus.ecs"), native[events.CloudWatchEvent](r, "bus.rest"),
		native[events.APIGatewayCustomAuthorizerRequest](r, "auth.token"), native[events.APIGatewayCustomAuthorizerRequestTypeRequest](r, "auth.request"),
		native[events.APIGatewayV2CustomAuthorizerV1Request](r, "auth.one"), native[events.APIGatewayV2CustomAuthorizerV2Request](r, "auth.two"),
		native[events.AppSyncLambdaAuthorizerRequest](r, "auth.appsync"), native[events.IoTCoreCustomAuthorizerRequest](r, "auth.iot"),
		native[events.APIGatewayWebsocketProxyRequest](r, "web.socket"), native[events.ClientVPNConnectionHandlerRequest](r, "vpn.connect"),
		native[events.CognitoEvent](r, "users.sync"), native[events.CognitoEventUserPoolsPreSignup](r, "users.presignup"),
		native[events.CognitoEventUserPoolsPreAuthentication](r, "users.preauthentication"), native[events.CognitoEventUserPoolsPostConfirmation](r, "users.postconfirmation"),
		native[events.CognitoEventUserPoolsPreTokenGen](r, "users.pretokengen"), native[events.CognitoEventUserPoolsPreTokenGenV2_0](r, "users.pretokengen2"),
		native[events.CognitoEventUserPoolsPostAuthentication](r, "users.postauthentication"), native[events.CognitoEventUserPoolsMigrateUser](r, "users.migrateuser"),
		native[events.CognitoEventUserPoolsDefineAuthChallenge](r, "users.define"), native[events.CognitoEventUserPoolsCreateAuthChallenge](r, "users.create"),
		native[events.CognitoEventUserPoolsVerifyAuthChallenge](r, "users.verify"), native[events.CognitoEventUserPoolsCustomMessage](r, "users.custommessage"),
		native[events.CognitoEventUserPoolsInboundFederation](r, "users.federation"), native[events.ConnectEvent](r, "call.connect"), native[events.LexEvent](r, "call.lex"),
		native[events.IoTOneClickEvent](r, "iot.click"), native[events.IoTButtonEvent](r, "iot.button"), native[events.IoTPreProvisionHookRequest](r, "iot.hook"),
		native[events.SecretsManagerSecretRotationEvent](r, "secret.rotate"),
	}
}

// receivers are the functions of everyKind by the beginnings of the samples' names, the
// first that fits.
var receivers = []struct{ prefix, function string }{
	{"activemq", "q.activemq"}, {"rabbitmq", "q.rabbitmq"}, {"sqs", "q.sqs"}, {"sns", "q.sns"}, {"kafka", "q.kafka"},
	{"s3-batch", "s3.batch"}, {"s3-object-lambda", "s3.lambda"}, {"s3-", "s3.event"},
	{"dynamodb-time", "stream.dynamodb_window"}, {"dynamodb", "stream.dynamodb"}, {"kinesis-time", "stream.kinesis_window"}, {"kinesis-event", "stream.kinesis"},
	{"kinesis-firehose", "stream.firehose"}, {"kinesis-analytics", "stream.analytics"}, {"cloudwatch-logs", "watch.logs"}, {"code-commit", "code.commit"}, {"ses-", "mail.ses"},
	{"cloudwatch-alarm-sns", "q.sns"}, {"codepipeline-job", "code.pipeline"}, {"config", "watch.config"}, {"autoscaling", "bus.autoscaling"}, {"codebuild", "bus.codebuild"},
	{"codedeploy", "bus.codedeploy"}, {"codepipeline", "bus.codepipeline"}, {"ecr-image-push", "bus.ecr_push"}, {"ecr-image-scan", "bus.ecr_scan"}, {"ecs-", "bus.ecs"},
	{"apigw-custom-auth-request-type", "auth.request"}, {"apigw-custom-auth", "auth.token"}, {"apigw-v2-custom-authorizer-v1", "auth.one"}, {"apigw-v2-custom-authorizer-v2", "auth.two"},
	{"appsync-lambda-auth", "auth.appsync"}, {"iot-custom-auth", "auth.iot"}, {"apigw-websocket", "web.socket"}, {"clientvpn", "vpn.connect"},
	{"cognito-event.json", "users.sync"}, {"cognito-event-userpools-presignup", "users.presignup"}, {"cognito-event-userpools-preauth", "users.preauthentication"},
	{"cognito-event-userpools-postconf", "users.postconfirmation"}, {"cognito-event-userpools-pretokengen-v2", "users.pretokengen2"}, {"cognito-event-userpools-pretokengen", "users.pretokengen"},
	{"cognito-event-userpools-postauth", "users.postauthentication"}, {"cognito-event-userpools-migrate", "users.migrateuser"}, {"cognito-event-userpools-define", "users.define"},
	{"cognito-event-userpools-create", "users.create"}, {"cognito-event-userpools-verify", "users.verify"}, {"cognito-event-userpools-custom", "users.custommessage"},
	{"cognito-event-userpools-inbound", "users.federation"}, {"connect", "call.connect"}, {"lex", "call.lex"}, {"iot-1-click", "iot.click"}, {"iot-button", "iot.button"},
	{"iot-preprovision", "iot.hook"}, {"secretsmanager", "secret.rotate"},
}

// receiver is the function that a sample is for, "" when it is no event, or one of a front door.
func receiver(name string) string {
	if _, http := httpSamples[name]; http || noEvent(name) || strings.Contains(name, "-response") {
		return ""
	}
	for _, r := range receivers {
		if strings.HasPrefix(name, r.prefix) {
			return r.function
		}
	}
	return ""
}

// Each sample event of AWS goes to the function that declared its kind, and without that
// function to none.
func TestEverySampleGoesToTheFunctionThatDeclaredIt(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples(t), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	r := &ran{}
	route := fn.Raw("page.get", unreachable(t), fn.Route("/{rest...}"))
	all := everyKind(r)
	h := newHandler(t, io.Discard, append(all, route)...)
	dispatched := 0
	for _, file := range files {
		name := filepath.Base(file)
		want := receiver(name)
		if want == "" {
			continue
		}
		dispatched++
		if _, err := h.Invoke(t.Context(), sample(t, name)); err != nil || r.take() != want {
			t.Errorf("%s: want it to run %s: %v", name, want, err)
		}
		// The more general functions take what the special ones left: they are not there either.
		family, _, _ := strings.Cut(want, ".")
		others := slices.DeleteFunc(slices.Clone(all), func(f fn.Function) bool { return f.Group() == family })
		_, err := newHandler(t, io.Discard, append(others, route)...).Invoke(t.Context(), sample(t, name))
		if got := r.take(); err == nil || got != "" {
			t.Errorf("%s without %s: it ran %q, %v", name, want, got, err)
			continue
		}
		if got := message(t, err); !strings.Contains(got, "the event is a") || !strings.Contains(got, " takes ") {
			t.Errorf("%s without %s: the error is %s", name, want, got)
		}
	}
	if dispatched < 70 {
		t.Errorf("%d samples were dispatched, want 70 at least", dispatched)
	}
}

const queue = "arn:aws:sqs:eu-west-1:111122223333:"

func fromQueues(names ...string) string {
	var records []string
	for _, name := range names {
		records = append(records, fmt.Sprintf(`{"messageId":"1","body":"{}","eventSource":"aws:sqs","eventSourceARN":%q}`, queue+name))
	}
	return `{"Records":[` + strings.Join(records, ",") + `]}`
}

func fromBus(source, detailType, resource string) string {
	return fmt.Sprintf(`{"version":"0","id":"1","detail-type":%q,"source":%q,"account":"1","time":"2026-01-01T00:00:00Z","region":"r","resources":[%q],"detail":{}}`, detailType, source, resource)
}

// Of functions of one kind the one that names the event's source gets it, by the ARN before the
// name, and the one that names none gets the rest.
func TestEventsGoByTheirSource(t *testing.T) {
	r := &ran{}
	from := fnlambda.From
	for what, tt := range map[string]struct {
		functions []fn.Function
		events    map[string]string // the function, "" for none
	}{
		"queues": {[]fn.Function{
			native[events.SQSEvent](r, "a.orders", from("orders")), native[events.SQSEvent](r, "a.bills", from("bills", "late-bills")),
			native[events.SQSEvent](r, "a.exact", from(queue+"exact")), native[events.SQSEvent](r, "a.name", from("exact")), native[events.SQSEvent](r, "a.rest"),
		}, map[string]string{
			fromQueues("orders", "orders"): "a.orders", fromQueues("late-bills"): "a.bills", fromQueues("exact"): "a.exact", fromQueues("other"): "a.rest",
			strings.ReplaceAll(fromQueues("exact"), "eu-west-1", "us-east-1"): "a.name", fromQueues("orders", "bills"): "",
			`{"Records":[{"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:r:1:orders"},{"eventSource":"aws:sqs"}]}`:        "",
			`{"Records":[{"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:r:1:orders"},{"eventSource":"aws:s3","s3":{}}]}`: "",
			`{"Records":[{"eventSource":"aws:sqs","eventSourceARN":null}]}`:                                                      "a.rest",
			string(sample(t, "s3-event.json")): "",
		}},
		"queues without a rest": {[]fn.Function{native[events.SQSEvent](r, "a.orders", from("orders"))}, map[string]string{fromQueues("orders"): "a.orders", fromQueues("bills"): ""}},
		"topics": {[]fn.Function{native[events.SNSEvent](r, "a.x", from("x")), native[events.SNSEvent](r, "a.y", from("arn:aws:sns:r:1:y"))}, map[string]string{
			`{"Records":[{"EventSource":"aws:sns","Sns":{"TopicArn":"arn:aws:sns:r:1:x","Message":"m"}}]}`: "a.x",
			`{"Records":[{"EventSource":"aws:sns","Sns":{"TopicArn":"arn:aws:sns:r:1:y","Message":"m"}}]}`: "a.y",
			`{"Records":[{"EventSource":"aws:sns","Sns":{"TopicArn":"arn:aws:sns:r:1:z","Message":"m"}}]}`: "",
		}},
		"buckets": {[]fn.Function{native[events.S3Event](r, "a.up", from("uploads")), native[events.S3Event](r, "a.rest")}, map[string]string{
			`{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"uploads","arn":"arn:aws:s3:::uploads"}}}]}`: "a.up", string(sample(t, "s3-event.json")): "a.rest",
		}},
		"tables": {[]fn.Function{native[events.DynamoDBEvent](r, "a.shows", from("Shows")), native[events.DynamoDBEvent](r, "a.fans", from("arn:aws:dynamodb:r:1:table/Fans"))}, map[string]string{
			`{"Records":[{"eventSource":"aws:dynamodb","dynamodb":{},"eventSourceARN":"arn:aws:dynamodb:r:1:table/Shows/stream/2026-01-01T00:00:00.000"}]}`: "a.shows",
			`{"Records":[{"eventSource":"aws:dynamodb","dynamodb":{},"eventSourceARN":"arn:aws:dynamodb:r:1:table/Fans/stream/2026-01-01T00:00:00.000"}]}`:  "a.fans",
		}},
		"streams": {[]fn.Function{native[events.KinesisEvent](r, "a.one", from("one")), native[events.KinesisEvent](r, "a.two", from("two"))}, map[string]string{
			`{"Records":[{"eventSource":"aws:kinesis","kinesis":{},"eventSourceARN":"arn:aws:kinesis:r:1:stream/one"}]}`:                   "a.one",
			`{"Records":[{"eventSource":"aws:kinesis","kinesis":{},"eventSourceARN":"arn:aws:kinesis:r:1:stream/two/consumer/c:153000"}]}`: "a.two",
		}},
		"the bus": {[]fn.Function{
			native[events.CloudWatchEvent](r, "a.created", from("order.created")), native[events.CloudWatchEvent](r, "a.shop", from("com.shop")),
			native[events.CloudWatchEvent](r, "a.nightly", from("nightly")), native[events.CloudWatchEvent](r, "a.hourly", from("arn:aws:scheduler:r:1:schedule/default/hourly")),
			native[json.RawMessage](r, "a.schedules", fn.TakesEvents("schedule")), native[events.CloudWatchEvent](r, "a.rest"),
		}, map[string]string{
			fromBus("com.shop", "order.created", ""):                                                        "a.created",
			fromBus("com.shop", "order.deleted", ""):                                                        "a.shop",
			fromBus("aws.ec2", "EC2 Instance State-change Notification", "arn:aws:events:r:1:rule/nightly"): "a.rest",
			fromBus("aws.events", "Scheduled Event", "arn:aws:events:r:1:rule/nightly"):                     "a.nightly",
			fromBus("aws.events", "Scheduled Event", "arn:aws:events:r:1:rule/bus/nightly"):                 "a.nightly",
			fromBus("aws.events", "Scheduled Event", "arn:aws:events:r:1:rule/other"):                       "a.schedules",
			fromBus("aws.scheduler", "Scheduled Event", "arn:aws:scheduler:r:1:schedule/default/hourly"):    "a.hourly",
		}},
		"what has its name elsewhere": {[]fn.Function{
			native[json.RawMessage](r, "a.alarm", fn.TakesEvents("alarm"), from("cpu")), native[json.RawMessage](r, "a.secret", fn.TakesEvents("secretsmanager"), from("db")),
			native[json.RawMessage](r, "a.pool", fn.TakesEvents("cognito"), from("eu_1")), native[json.RawMessage](r, "a.resource", fn.TakesEvents("cloudformation"), from("Custom::X")),
			native[json.RawMessage](r, "a.api", fn.TakesEvents("authorizer"), from("api7")), native[json.RawMessage](r, "a.failed", fn.TakesEvents("destination"), from("resize")),
		}, map[string]string{
			`{"source":"aws.cloudwatch","alarmArn":"arn:aws:cloudwatch:r:1:alarm:cpu","alarmData":{}}`:                  "a.alarm",
			`{"Step":"createSecret","SecretId":"arn:aws:secretsmanager:r:1:secret:db-A1b2C3","ClientRequestToken":"t"}`: "a.secret",
			`{"triggerSource":"PreSignUp_SignUp","userPoolId":"eu_1","request":{}}`:                                     "a.pool",
			`{"triggerSource":"PreSignUp_SignUp","userPoolId":"eu_2","request":{}}`:                                     "",
			moreEvents["a custom resource"]: "a.resource",
			`{"type":"TOKEN","authorizationToken":"t","methodArn":"arn:aws:execute-api:r:1:api7/prod/GET/x"}`:                                    "a.api",
			`{"requestContext":{"functionArn":"arn:aws:lambda:r:1:function:resize:$LATEST","condition":"RetriesExhausted"},"requestPayload":{}}`: "a.failed",
		}},
		"Kafka": {[]fn.Function{native[events.KafkaEvent](r, "a.orders", from("orders")), native[events.KafkaEvent](r, "a.rest")}, map[string]string{
			`{"eventSource":"aws:kafka","eventSourceArn":"arn:aws:kafka:r:1:cluster/c/uuid","records":{"orders-0":[],"orders-11":[]}}`: "a.orders",
			`{"eventSource":"SelfManagedKafka","bootstrapServers":"b:9092","records":{"orders-x-0":[]}}`:                               "a.rest",
		}},
		"RabbitMQ": {[]fn.Function{native[events.RabbitMQEvent](r, "a.pizza", from("pizza")), native[events.RabbitMQEvent](r, "a.broker", from("kitchen"))}, map[string]string{
			`{"eventSource":"aws:rmq","eventSourceArn":"arn:aws:mq:r:1:broker:kitchen:b-1","rmqMessagesByQueue":{"pizza::/":[]}}`: "a.pizza",
			`{"eventSource":"aws:rmq","eventSourceArn":"arn:aws:mq:r:1:broker:kitchen:b-1","rmqMessagesByQueue":{"pasta::/":[]}}`: "a.broker",
		}},
		"WebSockets": {[]fn.Function{native[events.APIGatewayWebsocketProxyRequest](r, "a.connect", from("$connect")), native[events.APIGatewayWebsocketProxyRequest](r, "a.rest")}, map[string]string{
			`{"requestContext":{"routeKey":"$connect","connectionId":"c","apiId":"a"}}`: "a.connect", `{"requestContext":{"routeKey":"send","connectionId":"c","apiId":"a"}}`: "a.rest",
		}},
		"user pools": {[]fn.Function{native[events.CognitoEventUserPoolsPreSignup](r, "a.signup"), native[json.RawMessage](r, "a.rest", fn.TakesEvents("cognito"))}, map[string]string{
			string(sample(t, "cognito-event-userpools-presignup.json")): "a.signup", string(sample(t, "cognito-event-userpools-custommessage.json")): "a.rest",
		}},
		"types of one's own": {[]fn.Function{native[nameInput](r, "a.orders", fn.TakesEvents("sqs"), from("orders")), native[nameInput](r, "a.any")}, map[string]string{
			fromQueues("orders"): "a.orders", fromQueues("bills"): "a.any", `{"name":"x"}`: "a.any", string(sample(t, "s3-event.json")): "a.any",
		}},
		"log groups": {[]fn.Function{native[events.CloudwatchLogsEvent](r, "a.test", from("testLogGroup")), native[events.CloudwatchLogsEvent](r, "a.rest")}, map[string]string{
			string(sample(t, "cloudwatch-logs-event.json")): "a.test", `{"awslogs":{"data":"?"}}`: "a.rest",
		}},
		"pipes": {[]fn.Function{native[[]events.SQSMessage](r, "a.q", fn.TakesEvents("sqs"), from("q")), native[events.SQSEvent](r, "a.rest")}, map[string]string{
			moreEvents["a pipe"]: "a.q", fromQueues("x"): "a.rest", `[{"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:r:1:q"},7,{"eventSource":"aws:sqs"}]`: "",
		}},
		"an In of the members": {[]fn.Function{
			fn.New("a.typed", func(context.Context, bucketChange) (string, error) {
				r.names = append(r.names, "a.typed")
				return "", nil
			}, fn.AllowUnknown()),
			native[events.SQSEvent](r, "a.rest"),
		}, map[string]string{fromBus("com.shop", "order.created", ""): "a.typed", fromQueues("x"): "a.rest", moreEvents["an alarm"]: ""}},
		"two Ins of the members": {[]fn.Function{
			fn.New("a.typed", func(context.Context, bucketChange) (string, error) { return "", nil }, fn.AllowUnknown()),
			fn.New("a.other", func(context.Context, bucketChange) (string, error) { return "", nil }, fn.AllowUnknown()),
		}, map[string]string{fromBus("com.shop", "order.created", ""): ""}},
		"typed functions": {[]fn.Function{
			fn.New("a.typed", func(context.Context, events.SQSEvent) (string, error) {
				r.names = append(r.names, "a.typed")
				return "", nil
			}, fn.TakesEvents("sqs"), from("orders"), fn.AllowUnknown()),
			native[events.SQSEvent](r, "a.rest"),
		}, map[string]string{fromQueues("orders"): "a.typed", fromQueues("bills"): "a.rest"}},
	} {
		h := newHandler(t, io.Discard, tt.functions...)
		for event, want := range tt.events {
			_, err := h.Invoke(t.Context(), []byte(event))
			if got := r.take(); got != want || (err == nil) != (want != "") {
				t.Errorf("%s: %s ran %q, want %q: %v", what, event, got, want, err)
			}
		}
	}
}

// An event that nobody declared is an error that says what was seen and what was declared.
func TestAnUndeclaredEventIsToldBoth(t *testing.T) {
	r := &ran{}
	for event, want := range map[string][]string{
		fromQueues("late"):            {`an event of "aws:sqs"`, `from "` + queue + `late"`, `a.orders takes sqs from "orders", "bills", a.files takes s3`},
		fromQueues("orders", "bills"): {"its records come from different sources", `"` + queue + `bills"`, "no one function"},
		`{"Records":[{"eventSource":"aws:sqs"},{"eventSource":"aws:s3"}]}`: {"its records come from different services"},
	} {
		h := newHandler(t, io.Discard, native[events.SQSEvent](r, "a.orders", fnlambda.From("orders", "bills")), native[events.S3Event](r, "a.files"))
		_, err := h.Invoke(t.Context(), []byte(event))
		if got := r.take(); err == nil || got != "" {
			t.Errorf("%s ran %q", event, got)
			continue
		}
		for _, part := range append(want, "unimplemented: the event is ") {
			if got := message(t, err); !strings.Contains(got, part) {
				t.Errorf("the error is %s\nwant %q in it", got, part)
			}
		}
	}
}

// What a unit cannot dispatch is a problem of its start and of its grain, with both places.
func TestFunctionsThatCannotBeToldApart(t *testing.T) {
	r := &ran{}
	from := fnlambda.From
	page := fn.New("page.get", func(context.Context, struct{}) (string, error) { return "", nil }, fn.Route("GET /page"))
	direct := fn.New("page.make", func(context.Context, nameInput) (string, error) { return "", nil })
	for what, tt := range map[string]struct {
		functions []fn.Function
		want      string // "" for none
	}{
		"two kinds":              {[]fn.Function{native[events.SQSEvent](r, "a.a"), native[*events.S3Event](r, "a.b")}, ""},
		"beside HTTP":            {[]fn.Function{page, native[events.SQSEvent](r, "a.a")}, ""},
		"anything beside HTTP":   {[]fn.Function{page, native[nameInput](r, "a.a"), native[events.SQSEvent](r, "a.b")}, ""},
		"two sources":            {[]fn.Function{native[events.SQSEvent](r, "a.a", from("x")), native[events.SQSEvent](r, "a.b", from("y")), native[events.SQSEvent](r, "a.c")}, ""},
		"a kind within a kind":   {[]fn.Function{native[events.CloudWatchEvent](r, "a.a"), native[events.ECRScanEvent](r, "a.b")}, ""},
		"direct beside a kind":   {[]fn.Function{direct, native[events.SQSEvent](r, "a.a")}, ""},
		"one kind":               {[]fn.Function{native[events.SQSEvent](r, "a.a"), native[events.SQSEvent](r, "a.b")}, "a.b: takes events of the kind sqs, and so does a.a ("},
		"one source":             {[]fn.Function{native[events.SQSEvent](r, "a.a", from("x", "y")), native[events.SQSEvent](r, "a.b", from("y"))}, `a.b: takes events of the kind sqs from "y", and so does a.a (`},
		"two of anything":        {[]fn.Function{native[nameInput](r, "a.a"), native[any](r, "a.b")}, "a.b: takes any event, and so does a.a ("},
		"direct beside anything": {[]fn.Function{native[nameInput](r, "a.a"), page, direct}, "a.a: takes any event, and is in one unit with page.make ("},
	} {
		app := fn.NewApp[fn.NoConfig]("shop")
		app.Add(tt.functions...)
		_, started := fnlambda.New(t.Context(), app)
		d, err := app.Describe(t.Context())
		if err != nil {
			t.Fatal(what, err)
		}
		_, cut := grain.Cut(d, grain.Whole(d))
		for where, err := range map[string]error{"New": started, "Cut": cut} {
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("%s: %s: %v", what, where, err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "unit of its own") || strings.Count(err.Error(), "dispatch_test.go:") != 2):
				t.Errorf("%s: %s: got %v\nwant %q", what, where, err, tt.want)
			}
		}
		if _, err := grain.Cut(d, grain.ByFunction(d)); err != nil {
			t.Errorf("%s: each alone: %v", what, err)
		}
	}
}

// A unit that was started elsewhere, as in a test, may have functions that cannot be told apart. None of them runs.
func TestNoneOfSeveralRuns(t *testing.T) {
	r := &ran{}
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(native[events.SQSEvent](r, "a.a"), native[events.SQSEvent](r, "a.b"), native[events.S3Event](r, "a.c", fnlambda.From("up")),
		native[events.S3Event](r, "a.d", fnlambda.From("up")), native[nameInput](r, "a.e"), native[any](r, "a.f"))
	unit, err := app.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unit.Stop(context.Background()) })
	h, err := fnlambda.New(t.Context(), unit)
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range []string{
		fromQueues("orders"), `{"Records":[{"eventSource":"aws:s3","s3":{"bucket":{"name":"up"}}}]}`, fromBus("com.shop", "order.created", ""), `{"name":"x"}`,
	} {
		out, err := h.Invoke(t.Context(), []byte(event))
		if got := r.take(); err == nil || got != "" || !strings.Contains(message(t, err), "more than one function") {
			t.Errorf("%s ran %q: %s, %v", event, got, out, err)
		}
	}
	if _, err := h.Invoke(t.Context(), []byte(`{"function":"a.a","in":`+fromQueues("orders")+`}`)); err != nil || r.take() != "a.a" {
		t.Errorf("by its name: %v", err)
	}
	if _, err := h.Invoke(t.Context(), []byte(`{"function":"a.a","in":`+string(sample(t, "s3-event.json"))+`}`)); err == nil || r.take() != "" {
		t.Error("by its name it runs on an event of another kind")
	}
}

// What no event can be is a problem of the declaration.
func TestMisdeclaredEvents(t *testing.T) {
	r := &ran{}
	from := fnlambda.From
	for want, f := range map[string]fn.Function{
		`it takes events of the kind "sqss"`:                native[nameInput](r, "a.b", fn.TakesEvents("sqss")),
		"it says from where, and an event of the kind ses":  native[events.SimpleEmailEvent](r, "a.b", from("x")),
		`the source "orders-*" has a placeholder`:           native[events.SQSEvent](r, "a.b", from("orders-*")),
		"EventsFrom: a source has no name":                  native[events.SQSEvent](r, "a.b", from("")),
		"it names the source of events and takes none":      native[events.APIGatewayProxyRequest](r, "a.b", from("x"), fn.Route("GET /x")),
		"it names the source of events and takes none; say": fn.New("a.b", func(context.Context, nameInput) (string, error) { return "", nil }, from("x")),
	} {
		app := fn.NewApp[fn.NoConfig]("shop")
		app.Add(f)
		if _, err := app.Describe(t.Context()); err == nil || !strings.Contains(err.Error(), want) || strings.Count(err.Error(), "dispatch_test.go:") != 1 {
			t.Errorf("got %v\nwant %q", err, want)
		}
	}
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.Raw("a.b", unreachable(t), fn.TakesEvents("sqss")))
	if _, err := fnlambda.New(t.Context(), app); err == nil || !strings.Contains(err.Error(), `a.b: it takes events of the kind "sqss"`) {
		t.Errorf("got %v", err)
	}
}

// outcome is what a delivery came to.
func outcome(h *fnlambda.Handler, t *testing.T, r *ran, event string) string {
	out, err := h.Invoke(t.Context(), []byte(event))
	if err != nil {
		return "refused, ran " + r.take()
	}
	return string(out) + ", ran " + r.take()
}

// No grain changes what becomes of a delivery. Event sources are wired to the unit that has their function.
func TestEveryGrainHasTheSameOutcomes(t *testing.T) {
	r := &ran{}
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(
		native[events.SQSEvent](r, "orders.placed", fnlambda.From("orders")), native[events.SQSEvent](r, "orders.billed", fnlambda.From("bills")),
		native[events.S3Event](r, "files.index"), native[events.CloudWatchEvent](r, "files.clean", fnlambda.From("nightly")), native[nameInput](r, "jobs.run"),
		fn.New("page.get", func(context.Context, struct{}) (string, error) { return "page", nil }, fn.Route("GET /page")),
	)
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	deliveries := []struct{ to, event, want string }{
		{"orders.placed", fromQueues("orders"), "null, ran orders.placed"}, {"orders.billed", fromQueues("bills"), "null, ran orders.billed"},
		{"files.index", string(sample(t, "s3-event.json")), "null, ran files.index"}, {"jobs.run", `{"name":"x"}`, "null, ran jobs.run"},
		{"files.clean", fromBus("aws.events", "Scheduled Event", "arn:aws:events:r:1:rule/nightly"), "null, ran files.clean"},
		{"files.index", warmUps[0], "null, ran "}, {"page.get", `{"function":"page.get","in":{}}`, `"page", ran `},
		{"orders.placed", fromQueues("orders", "bills"), "refused, ran "},
	}
	for name, p := range map[string]grain.Partition{"function": grain.ByFunction(d), "group": grain.ByGroup(d), "app": grain.Whole(d)} {
		units, err := grain.Cut(d, p)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, u := range units {
			var names []string
			for _, f := range u.Functions {
				names = append(names, f.Name())
			}
			h, err := fnlambda.New(t.Context(), app, fnlambda.Start(fn.Select(names...)))
			if err != nil {
				t.Fatal(name, err)
			}
			for _, delivery := range deliveries {
				if name == "app" && delivery.event == warmUps[0] {
					continue // jobs.run takes whatever comes, and is with it
				}
				if !slices.Contains(names, delivery.to) {
					continue
				}
				if got := outcome(h, t, r, delivery.event); got != delivery.want {
					t.Errorf("%s, unit %s: %.80s: %s, want %s", name, u.Name, delivery.event, got, delivery.want)
				}
			}
			if err := h.Close(t.Context()); err != nil {
				t.Error(err)
			}
		}
	}
}

// FuzzDispatch holds that no payload runs more than one function, and that what ran nothing of
// an event is an error.
func FuzzDispatch(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(samples(f), "*.json"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		f.Add(string(sample(f, filepath.Base(file))))
	}
	for _, event := range moreEvents {
		f.Add(event)
	}
	f.Add(fromQueues("orders", "bills"))
	f.Add(`{"eventSource":"aws:kafka","records":{"a-0":[],"b-":7,"::":null}}`)
	r := &ran{}
	functions := append(everyKind(r),
		fn.Raw("other.sources", func(context.Context, *fn.Request) (*fn.Reply, error) {
			r.names = append(r.names, "other.sources")
			return &fn.Reply{}, nil
		}, fn.TakesEvents("docdb", "cloudformation", "alarm", "appsync", "alexa", "destination", "sqs", "kafka", "schedule"), fnlambda.From("orders", "x")))
	h := newHandler(f, io.Discard, functions...)
	f.Fuzz(func(t *testing.T, payload string) {
		out, err := h.Invoke(t.Context(), []byte(payload))
		got := r.take()
		if strings.Contains(got, " ") {
			t.Fatalf("it ran %s", got)
		}
		if err == nil && got == "" && !strings.Contains(string(out), "statusCode") && string(out) != "null" {
			t.Fatalf("it ran nothing and was answered with %s", out)
		}
	})
}
