//go:build !lambda

package config_test

// The environment goes before the file, and the file before the default.
var fromStandard = three{"environment", "file", "default"}
