//go:build with_zerolog

package main

import (
	"os"

	"github.com/rs/zerolog"
)

func init() {
	logger := zerolog.New(os.Stderr)
	logger.Info().Str("program", "hello").Msg("start")
}
