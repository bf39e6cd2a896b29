package fnlambda

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// sourcesOf are the sources of the events that types of aws-lambda-go are for, in
// the words of description.kind.
var sourcesOf = map[string][]string{
	"SQSEvent":                {`an event of "aws:sqs"`},
	"SNSEvent":                {`an event of "aws:sns"`},
	"S3Event":                 {`an event of "aws:s3"`},
	"DynamoDBEvent":           {`an event of "aws:dynamodb"`},
	"DynamoDBTimeWindowEvent": {`an event of "aws:dynamodb"`},
	"KinesisEvent":            {`an event of "aws:kinesis"`},
	"KinesisTimeWindowEvent":  {`an event of "aws:kinesis"`},
	"SimpleEmailEvent":        {`an event of "aws:ses"`},
	"CodeCommitEvent":         {`an event of "aws:codecommit"`},
	"KafkaEvent":              {`an event of "aws:kafka"`, `an event of "SelfManagedKafka"`},
	"RabbitMQEvent":           {`an event of "aws:rmq"`},
	"ActiveMQEvent":           {`an event of "aws:amq"`},
	"CloudwatchLogsEvent":     {"a batch of CloudWatch Logs"},
	"KinesisFirehoseEvent":    {"a batch of Firehose"},
}

// refuse returns an error for an event that is known to be of another kind than
// the handler's type: aws-lambda-go would decode it to an empty one, and a queue
// would delete what was never read.
func (n *native) refuse(req *fn.Request) error {
	name := n.event[strings.LastIndexByte(n.event, '.')+1:]
	sources := sourcesOf[name]
	if n.takes == unknown && (len(n.kinds) == 0 || sources == nil) {
		return nil
	}
	text := string(req.Payload)
	if !mayBeOfAKind(text) {
		return nil
	}
	d, ok := read(text)
	if kind := d.kind(); ok && kind != "" && !slices.Contains(sources, kind) {
		return fn.Errorf(fn.Unimplemented, "the event is %s; the function %s takes %s", d, req.Function().Name(), n.event)
	}
	return nil
}
