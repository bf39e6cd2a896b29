package eventkind

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// batch is a kind of event that names its service itself, in each record or at the top.
type batch struct {
	id      string
	sources []string // as of a kind
}

// batches are the services whose events have an eventSource, by that. One that is not among them
// is a kind all the same, of its own name.
var batches = map[string]batch{
	"aws:sqs":        {"sqs", []string{"Records[].eventSourceARN", "[].eventSourceARN"}},
	"aws:sns":        {"sns", []string{"Records[].Sns.TopicArn"}},
	"aws:s3":         {"s3", []string{"Records[].s3.bucket.arn", "Records[].s3.bucket.name"}},
	"aws:dynamodb":   {"dynamodb", []string{"Records[].eventSourceARN", "[].eventSourceARN"}},
	"aws:kinesis":    {"kinesis", []string{"Records[].eventSourceARN", "[].eventSourceARN"}},
	"aws:codecommit": {"codecommit", []string{"Records[].eventSourceARN"}},
	"aws:ses":        {"ses", nil},
	"aws:kafka":      {"kafka", []string{"records*", "[].topic", "eventSourceArn"}},
	selfManagedKafka: {"kafka", []string{"records*", "[].topic"}},
	"aws:rmq":        {"rabbitmq", []string{"rmqMessagesByQueue*", "eventSourceArn"}},
	"aws:mq":         {"activemq", []string{"messages[].destination.physicalName", "eventSourceArn"}},
	"aws:amq":        {"activemq", []string{"messages[].destination.physicalName", "eventSourceArn"}},
	"aws:docdb":      {"docdb", []string{"events[].event.ns.coll", "eventSourceArn"}},
}

// batchOf is what is known of a source.
func batchOf(source string) batch {
	if b, ok := batches[source]; ok {
		return b
	}
	return batch{id: strings.TrimPrefix(source, "aws:")}
}

// Known reports whether there is a kind of that id, as far as an id can be known: what comes after
// a colon is the service's affair.
func Known(id string) bool { _, ok := sourced()[general(id)]; return ok }

// HasSources reports whether the events of a kind say where they come from.
func HasSources(id string) bool { return sourced()[general(id)] }

// Names lists the kinds.
func Names() []string { return slices.Sorted(maps.Keys(sourced())) }

// general is the kind that one of its variants belongs to: "cognito" of "cognito:PreSignUp".
func general(id string) string {
	id, _, _ = strings.Cut(id, ":")
	return id
}

// sourced says of each kind whether its events have a source.
var sourced = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{cloudFront: false, schedule: true}
	for _, k := range kinds {
		all[k.id] = len(k.sources) > 0
	}
	for _, b := range batches {
		all[b.id] = len(b.sources) > 0
	}
	return all
})

// The kinds that are no kind of the tables by themselves.
const (
	cloudFront = "cloudfront"
	schedule   = "schedule" // of EventBridge, too
)
