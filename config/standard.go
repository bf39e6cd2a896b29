//go:build !lambda

package config

import "github.com/anygrain/anygrain/config/dotenv"

// standard is where values come from when nobody says anything else.
func standard() Source { return First(Env(), dotenv.Optional(".env")) }
