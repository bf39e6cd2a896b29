package fnlambda

import (
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/anygrain/anygrain/fn"
)

// Option is an option of New and Run.
type Option func(*Handler)

// Start passes options to the app's Start: fn.Select, fn.WithConfig,
// fn.ReplaceGroup. With a *fn.Unit, which has been started already, they are an error.
func Start(options ...fn.StartOption) Option {
	return func(h *Handler) { h.start = append(h.start, options...) }
}

// OtherEvents hands the handler every event that the unit does not take: no
// request of a front door, no direct invoke, no warm-up event. Without it such an
// event is an error that says what was seen and what is understood.
func OtherEvents(handler lambda.Handler) Option {
	return func(h *Handler) { h.others = handler }
}
