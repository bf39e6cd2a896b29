// Package eventkind tells which service of AWS sent an event that is no request of
// a front door: a queue, a bucket, an authorizer. The Lambda host asks it, so that no
// function runs on an event it was not made for, and an error can name what was seen.
package eventkind

import (
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// kind is a kind of event that a service of AWS sends to a function, known
// by members that it has together. A member of an object in it is written with a
// dot: "requestContext.connectionId".
type kind struct {
	name    string
	members []string // the first is rare elsewhere; it is what is looked for first
}

// kinds are the events that do not name their source in their records. The
// shapes are those of the services' developer guides and of the samples in
// aws-lambda-go. What a rule of IoT or a state machine sends has no shape: it is
// an In like any other.
var kinds = []kind{
	{"a request to a Lambda authorizer", []string{"methodArn"}},
	{"a request to a Lambda authorizer", []string{"routeArn"}},
	{"a request to an AppSync authorizer", []string{"authorizationToken", "requestContext.apiId"}},
	{"a request to an IoT authorizer", []string{"signatureVerified", "protocols", "protocolData"}},
	{"a WebSocket event of API Gateway", []string{"requestContext.connectionId"}},
	{"a request of VPC Lattice", []string{"requestContext.serviceNetworkArn"}},
	{"a request of VPC Lattice", []string{"raw_path", "is_base64_encoded"}},
	{"a result of an asynchronous invoke, sent to its destination", []string{"requestPayload", "requestContext.functionArn", "requestContext.condition"}},
	{eventBridge, []string{"detail-type", "source", "detail"}},
	{"a batch of CloudWatch Logs", []string{"awslogs"}},
	{"an alarm of CloudWatch", []string{"alarmData", "alarmArn"}},
	{"a batch of Firehose", []string{"deliveryStreamArn", "invocationId", "records"}},
	{"a batch of Kinesis Data Analytics", []string{"applicationArn", "invocationId", "records"}},
	{"a trigger of a Cognito user pool", []string{"triggerSource", "userPoolId", "request"}},
	{"a trigger of Cognito Sync", []string{"datasetName", "identityPoolId"}},
	{"a job of S3 Batch Operations", []string{"invocationSchemaVersion", "job", "tasks"}},
	{"a request of S3 Object Lambda", []string{"xAmzRequestId", "userRequest"}},
	{"a test event of S3", []string{"Service", "Event", "Bucket", "HostId"}},
	{"a job of CodePipeline", []string{"CodePipeline.job"}},
	{"a hook of CodeDeploy", []string{"LifecycleEventHookExecutionId", "DeploymentId"}},
	{"a custom resource of CloudFormation", []string{"ResponseURL", "RequestType", "LogicalResourceId"}},
	{"a rotation of Secrets Manager", []string{"ClientRequestToken", "SecretId", "Step"}},
	{"an evaluation of AWS Config", []string{"resultToken", "invokingEvent"}},
	{"an event of Amazon Connect", []string{"Details.ContactData", "Name"}},
	{"an event of Amazon Lex", []string{"invocationSource", "bot"}},
	{"an action of a Bedrock agent", []string{"actionGroup", "agent", "messageVersion"}},
	{"a request of an Alexa skill", []string{"request.requestId", "request.type", "version", "context"}},
	{"a request of an AppSync resolver", []string{"info.parentTypeName", "info.fieldName", "arguments"}},
	{"a click of an IoT button", []string{"clickType", "serialNumber", "batteryVoltage"}},
	{"an event of IoT 1-Click", []string{"placementInfo", "deviceInfo", "deviceEvent"}},
	{"a provisioning hook of IoT", []string{"claimCertificateId", "certificateId"}},
	{"a connection of Client VPN", []string{"endpoint-id", "connection-id", "common-name"}},
	{"a login of Transfer Family", []string{"serverId", "username", "protocol", "sourceIp"}},
	{"a step of a durable execution", []string{"CheckpointToken", "DurableExecutionArn"}},
}

const eventBridge = "an event of EventBridge"

// rareMembers are the names that a payload must have one of to be of a known
// kind, so that most payloads are seen to be of none at once.
var rareMembers = func() map[string]bool {
	names := map[string]bool{"Records": true, "eventSource": true}
	for _, k := range kinds {
		names[top(k.members[0])] = true
		names[k.members[0]] = true // CodePipeline.job is a name as it is
	}
	return names
}()

// top is the member of the event itself in "requestContext.connectionId".
func top(member string) string {
	name, _, _ := strings.Cut(member, ".")
	return name
}

// lookedInto are the objects of which the members' names count, too.
var lookedInto = map[string]bool{"requestContext": true, "Details": true, "request": true, "info": true}

// IsRare reports whether the name of a member is one by which kinds are told apart.
func IsRare(member string) bool { return rareMembers[member] }

// MayBeKnown reports whether a payload can be of a known kind: it has a member by
// which one is told from the others.
func MayBeKnown(text string) bool {
	r := scan.NewReader(text)
	if r.Kind() == '[' {
		return strings.Contains(text, `"eventSource"`)
	}
	if !r.Object() {
		return false
	}
	for r.More('}') {
		if rareMembers[r.Name()] {
			return true
		}
		r.Skip()
	}
	return false
}

// kindOf finds the kind of an event by its members.
func kindOf(members map[string]bool) *kind {
	for i := range kinds {
		if kinds[i].isIn(members) {
			return &kinds[i]
		}
	}
	return nil
}

func (k *kind) isIn(members map[string]bool) bool {
	for _, name := range k.members {
		if !members[name] {
			return false
		}
	}
	return true
}
