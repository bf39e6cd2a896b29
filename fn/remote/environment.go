package remote

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/anygrain/anygrain/config"
)

// The variables that FromEnvironment reads, apart from AWS's own.
const (
	CalleesVariable = "ANYGRAIN_CALLEES"     // where functions of other units live; see the package
	SecretVariable  = "ANYGRAIN_CALL_SECRET" // what units prove themselves with over HTTP
)

// FromEnvironment returns the transport that the variables of the source say,
// usually config.Env(): ANYGRAIN_CALLEES and ANYGRAIN_CALL_SECRET, and AWS's own
// AWS_REGION, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
// AWS_SESSION_TOKEN, AWS_ENDPOINT_URL_LAMBDA and AWS_ENDPOINT_URL, which Lambda
// sets as far as they are needed. Without ANYGRAIN_CALLEES every call says that
// it is not set. The options come last.
func FromEnvironment(ctx context.Context, source config.Source, options ...Option) (*Transport, error) {
	env := environment{ctx: ctx, source: config.First(source)}
	own := []Option{
		Secret(config.NewSecret(env.first(SecretVariable))),
		Region(env.first("AWS_REGION", "AWS_DEFAULT_REGION")),
		Endpoint(env.first("AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL")),
	}
	if key := env.first("AWS_ACCESS_KEY_ID"); key != "" {
		own = append(own, SignWith(static(key, env.first("AWS_SECRET_ACCESS_KEY"), env.first("AWS_SESSION_TOKEN"))))
	}
	callees := env.first(CalleesVariable)
	if env.err != nil {
		return nil, fmt.Errorf("the environment of the calls cannot be read: %w", env.err)
	}
	return New(callees, append(own, options...)...)
}

// environment reads variables and keeps the first error.
type environment struct {
	ctx    context.Context
	source config.Source
	err    error
}

// first returns the first of the variables that is not empty.
func (e *environment) first(names ...string) string {
	for _, name := range names {
		value, found, err := e.source.Lookup(e.ctx, name)
		if err != nil && e.err == nil {
			e.err = err
		}
		if found && value != "" {
			return value
		}
	}
	return ""
}

// static are credentials that do not change.
func static(key, secret, session string) Credentials {
	c := aws.Credentials{AccessKeyID: key, SecretAccessKey: secret, SessionToken: session}
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return c, nil })
}
