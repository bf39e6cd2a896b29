//go:build lambda

package config

// standard is where values come from when nobody says anything else. A Lambda
// function has its settings in the environment, and links no reader of .env files.
func standard() Source { return Env() }
