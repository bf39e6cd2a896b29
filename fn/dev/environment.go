package dev

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/fn/remote"
)

// The account and the region that the stand-in has where nothing else is said.
const (
	account       = "123456789012"
	defaultRegion = "us-east-1"
)

// environment is what the process of a unit sees: what was inherited, and the
// variables that Lambda sets ("Defined runtime environment variables" in its
// developer guide).
func (c *Config) environment(u grain.Unit, api, endpoint string) []string {
	region := c.region()
	env := with(without(c.Env, c.Hidden[u.Name]),
		"_HANDLER="+u.Handler,
		"AWS_LAMBDA_RUNTIME_API="+api,
		"AWS_LAMBDA_FUNCTION_NAME="+c.functionName(u),
		"AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024",
		"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/"+c.functionName(u),
		"AWS_LAMBDA_LOG_STREAM_NAME=dev",
		"AWS_LAMBDA_INITIALIZATION_TYPE=lambda-managed-instances", // those have several events in a process
		"AWS_LAMBDA_MAX_CONCURRENCY="+concurrencyText,
		"AWS_EXECUTION_ENV=AWS_Lambda_provided.al2023",
		"AWS_REGION="+region,
		"AWS_DEFAULT_REGION="+region,
		"AWS_ENDPOINT_URL_LAMBDA="+endpoint,
		remote.CalleesVariable+"="+c.Callees,
		"ANYGRAIN_STRICT=true", // read by run.Main: a call that is not declared fails where a developer sees it
	)
	if lookup(c.Env, "AWS_ACCESS_KEY_ID") == "" { // a developer's own reach the services that the functions use
		env = with(env, "AWS_ACCESS_KEY_ID=dev", "AWS_SECRET_ACCESS_KEY=dev", "AWS_SESSION_TOKEN=")
	}
	return env
}

// region is the developer's own.
func (c *Config) region() string {
	return or(lookup(c.Env, "AWS_REGION"), or(lookup(c.Env, "AWS_DEFAULT_REGION"), defaultRegion))
}

func (c *Config) functionName(u grain.Unit) string { return c.App + "-" + u.Name }

func (c *Config) functionARN(u grain.Unit) string {
	return "arn:aws:lambda:" + c.region() + ":" + account + ":function:" + c.functionName(u)
}

// with replaces variables.
func with(env []string, variables ...string) []string {
	all := slices.DeleteFunc(slices.Clone(env), func(old string) bool {
		return slices.ContainsFunc(variables, func(v string) bool { return name(v) == name(old) })
	})
	return append(all, variables...)
}

// without leaves out variables by their names.
func without(env, names []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool { return slices.Contains(names, name(v)) })
}

// lookup returns a variable's value, "" when there is none.
func lookup(env []string, variable string) string {
	value := ""
	for _, v := range env {
		if name(v) == variable {
			value = v[len(variable)+1:] // the last counts
		}
	}
	return value
}

func name(variable string) string {
	n, _, ok := strings.Cut(variable, "=")
	if !ok {
		return ""
	}
	return n
}
