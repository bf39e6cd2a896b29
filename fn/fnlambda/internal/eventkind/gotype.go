package eventkind

import (
	"slices"
	"sync"
)

// OfType returns the kinds of the events that a type of aws-lambda-go is for ("SQSEvent"), none for
// types that have no kind here.
func OfType(name string) []string { return slices.Clone(ofTypes()[name]) }

// ofTypes is made when a handler of such a type is declared: a start pays for what it uses.
var ofTypes = sync.OnceValue(func() map[string][]string {
	return map[string][]string{
		"SQSEvent":                            {"sqs"},
		"SNSEvent":                            {"sns"},
		"S3Event":                             {"s3"},
		"DynamoDBEvent":                       {"dynamodb"},
		"DynamoDBTimeWindowEvent":             {"dynamodb:window"},
		"KinesisEvent":                        {"kinesis"},
		"KinesisTimeWindowEvent":              {"kinesis:window"},
		"SimpleEmailEvent":                    {"ses"},
		"CodeCommitEvent":                     {"codecommit"},
		"KafkaEvent":                          {"kafka"},
		"RabbitMQEvent":                       {"rabbitmq"},
		"ActiveMQEvent":                       {"activemq"},
		"CloudwatchLogsEvent":                 {"logs"},
		"KinesisFirehoseEvent":                {"firehose"},
		"KinesisAnalyticsOutputDeliveryEvent": {"kinesis-analytics"},
		"CloudWatchEvent":                     {"eventbridge"},
		"AutoScalingEvent":                    {"eventbridge:aws.autoscaling"},
		"CodeBuildEvent":                      {"eventbridge:aws.codebuild"},
		"CodeDeployEvent":                     {"eventbridge:aws.codedeploy"},
		"CodePipelineCloudWatchEvent":         {"eventbridge:aws.codepipeline"},
		"ECSContainerInstanceEvent":           {"eventbridge:ECS Container Instance State Change"},
		"ECRImageActionEvent":                 {"eventbridge:ECR Image Action"},
		"ECRScanEvent":                        {"eventbridge:ECR Image Scan"},
		"APIGatewayCustomAuthorizerRequest":   {"authorizer:TOKEN"},
		"APIGatewayCustomAuthorizerRequestTypeRequest": {"authorizer:REQUEST"},
		"APIGatewayV2CustomAuthorizerV1Request":        {"authorizer:1.0"},
		"APIGatewayV2CustomAuthorizerV2Request":        {"authorizer:2.0"},
		"APIGatewayWebsocketProxyRequest":              {"websocket"},
		"AppSyncLambdaAuthorizerRequest":               {"appsync-authorizer"},
		"ClientVPNConnectionHandlerRequest":            {"client-vpn"},
		"CodePipelineJobEvent":                         {"codepipeline"},
		"CognitoEvent":                                 {"cognito-sync"},
		"CognitoEventUserPoolsHeader":                  {"cognito"},
		"CognitoEventUserPoolsPreSignup":               {"cognito:PreSignUp"},
		"CognitoEventUserPoolsPreAuthentication":       {"cognito:PreAuthentication"},
		"CognitoEventUserPoolsPostConfirmation":        {"cognito:PostConfirmation"},
		"CognitoEventUserPoolsPreTokenGen":             {"cognito:TokenGeneration", "cognito:PreTokenGen"},
		"CognitoEventUserPoolsPreTokenGenV2":           {"cognito:TokenGeneration.2"},
		"CognitoEventUserPoolsPreTokenGenV2_0":         {"cognito:TokenGeneration.2"},
		"CognitoEventUserPoolsPostAuthentication":      {"cognito:PostAuthentication"},
		"CognitoEventUserPoolsMigrateUser":             {"cognito:UserMigration"},
		"CognitoEventUserPoolsDefineAuthChallenge":     {"cognito:DefineAuthChallenge"},
		"CognitoEventUserPoolsCreateAuthChallenge":     {"cognito:CreateAuthChallenge"},
		"CognitoEventUserPoolsVerifyAuthChallenge":     {"cognito:VerifyAuthChallengeResponse"},
		"CognitoEventUserPoolsCustomMessage":           {"cognito:CustomMessage"},
		"CognitoEventUserPoolsInboundFederation":       {"cognito:InboundFederation"},
		"ConfigEvent":                                  {"config"},
		"ConnectEvent":                                 {"connect"},
		"IoTCoreCustomAuthorizerRequest":               {"iot-authorizer"},
		"IoTCustomAuthorizerRequest":                   {"iot-authorizer"},
		"IoTOneClickEvent":                             {"iot-1-click"},
		"IoTButtonEvent":                               {"iot-button"},
		"IoTPreProvisionHookRequest":                   {"iot-provisioning"},
		"LexEvent":                                     {"lex"},
		"S3TestEvent":                                  {"s3-test"},
		"S3BatchJobEvent":                              {"s3-batch"},
		"S3BatchJobEventV2":                            {"s3-batch"},
		"S3ObjectLambdaEvent":                          {"s3-object-lambda"},
		"SecretsManagerSecretRotationEvent":            {"secretsmanager"},
	}
})
