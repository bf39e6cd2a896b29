// Package eventkind tells which service of AWS sent an event that is no request of
// a front door, and which of its queues, buckets or rules. The Lambda host asks it, so that each
// event goes to the function that declared it and to no other, and an error can name what was seen.
package eventkind

import (
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// kind is a kind of event that a service of AWS sends to a function, known
// by members that it has together. A member of an object in it is written with a
// dot: "requestContext.connectionId".
type kind struct {
	id      string   // by which a function declares it: "eventbridge"
	name    string   // for people
	members []string // the first is rare elsewhere; it is what is looked for first
	sources []string // the places of what names the source of an event, the most specific first
}

// kinds are the events that do not name their source in their records. The
// shapes are those of the services' developer guides and of the samples in
// aws-lambda-go. What a rule of IoT or a state machine sends has no shape: it is
// an In like any other.
var kinds = []kind{
	{"authorizer", "a request to a Lambda authorizer", []string{"methodArn"}, []string{"methodArn"}},
	{"authorizer", "a request to a Lambda authorizer", []string{"routeArn"}, []string{"routeArn"}},
	{"appsync-authorizer", "a request to an AppSync authorizer", []string{"authorizationToken", "requestContext.apiId"}, []string{"requestContext.apiId"}},
	{"iot-authorizer", "a request to an IoT authorizer", []string{"signatureVerified", "protocols", "protocolData"}, nil},
	{"websocket", "a WebSocket event of API Gateway", []string{"requestContext.connectionId"}, []string{"requestContext.routeKey", "requestContext.apiId"}},
	{"lattice", "a request of VPC Lattice", []string{"requestContext.serviceNetworkArn"}, nil},
	{"lattice", "a request of VPC Lattice", []string{"raw_path", "is_base64_encoded"}, nil},
	{"destination", "a result of an asynchronous invoke, sent to its destination", []string{"requestPayload", "requestContext.functionArn", "requestContext.condition"}, []string{"requestContext.functionArn"}},
	{"eventbridge", eventBridge, []string{"detail-type", "source", "detail"}, []string{"detail-type", "source"}},
	{"logs", "a batch of CloudWatch Logs", []string{"awslogs"}, []string{logData}},
	{"alarm", "an alarm of CloudWatch", []string{"alarmData", "alarmArn"}, []string{"alarmArn"}},
	{"firehose", "a batch of Firehose", []string{"deliveryStreamArn", "invocationId", "records"}, []string{"deliveryStreamArn"}},
	{"kinesis-analytics", "a batch of Kinesis Data Analytics", []string{"applicationArn", "invocationId", "records"}, []string{"applicationArn"}},
	{"cognito", "a trigger of a Cognito user pool", []string{"triggerSource", "userPoolId", "request"}, []string{"triggerSource", "userPoolId"}},
	{"cognito-sync", "a trigger of Cognito Sync", []string{"datasetName", "identityPoolId"}, []string{"datasetName", "identityPoolId"}},
	{"s3-batch", "a job of S3 Batch Operations", []string{"invocationSchemaVersion", "job", "tasks"}, nil},
	{"s3-object-lambda", "a request of S3 Object Lambda", []string{"xAmzRequestId", "userRequest"}, []string{"configuration.accessPointArn"}},
	{"s3-test", "a test event of S3", []string{"Service", "Event", "Bucket", "HostId"}, []string{"Bucket"}},
	{"codepipeline", "a job of CodePipeline", []string{"CodePipeline.job"}, nil},
	{"codedeploy", "a hook of CodeDeploy", []string{"LifecycleEventHookExecutionId", "DeploymentId"}, nil},
	{"cloudformation", "a custom resource of CloudFormation", []string{"ResponseURL", "RequestType", "LogicalResourceId"}, []string{"ResourceType"}},
	{"secretsmanager", "a rotation of Secrets Manager", []string{"ClientRequestToken", "SecretId", "Step"}, []string{"SecretId"}},
	{"config", "an evaluation of AWS Config", []string{"resultToken", "invokingEvent"}, []string{"configRuleArn", "configRuleName"}},
	{"connect", "an event of Amazon Connect", []string{"Details.ContactData", "Name"}, []string{"Details.ContactData.InstanceARN"}},
	{"lex", "an event of Amazon Lex", []string{"invocationSource", "bot"}, []string{"sessionState.intent.name", "currentIntent.name", "bot.name"}},
	{"bedrock-agent", "an action of a Bedrock agent", []string{"actionGroup", "agent", "messageVersion"}, []string{"actionGroup", "agent.name"}},
	{"alexa", "a request of an Alexa skill", []string{"request.requestId", "request.type", "version", "context"}, []string{"context.System.application.applicationId"}},
	{"appsync", "a request of an AppSync resolver", []string{"info.parentTypeName", "info.fieldName", "arguments"}, []string{"info.fieldName", "info.parentTypeName"}},
	{"iot-button", "a click of an IoT button", []string{"clickType", "serialNumber", "batteryVoltage"}, []string{"serialNumber"}},
	{"iot-1-click", "an event of IoT 1-Click", []string{"placementInfo", "deviceInfo", "deviceEvent"}, []string{"placementInfo.projectName"}},
	{"iot-provisioning", "a provisioning hook of IoT", []string{"claimCertificateId", "certificateId"}, []string{"templateArn", "templateName"}},
	{"client-vpn", "a connection of Client VPN", []string{"endpoint-id", "connection-id", "common-name"}, []string{"endpoint-id"}},
	{"transfer", "a login of Transfer Family", []string{"serverId", "username", "protocol", "sourceIp"}, []string{"serverId"}},
	{"durable", "a step of a durable execution", []string{"CheckpointToken", "DurableExecutionArn"}, nil},
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
