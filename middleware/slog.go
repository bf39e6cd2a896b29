package middleware

import (
	"context"
	"log/slog"

	"github.com/rs/zerolog"
)

// Slog returns the context's logger for code that uses log/slog: its lines go
// where the app's go, with the request's fields and the app's level. Outside of
// a request, or without AccessLog, it discards what it gets, as zerolog.Ctx does.
func Slog(ctx context.Context) *slog.Logger {
	return slog.New(zerolog.NewSlogHandler(*zerolog.Ctx(ctx)))
}
