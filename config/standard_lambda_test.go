//go:build lambda

package config_test

// A Lambda function reads no file.
var fromStandard = three{"environment", "default", "default"}
