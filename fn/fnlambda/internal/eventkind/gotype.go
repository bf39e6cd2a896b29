package eventkind

// OfType returns the kinds of the events that a type of aws-lambda-go is for
// ("SQSEvent"), none for types that have no kind here.
func OfType(name string) []string { return ofTypes[name] }

var ofTypes = map[string][]string{
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
