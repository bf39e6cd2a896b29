package fnlambda

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/funcname"
)

// The variables that Lambda sets for every runtime ("Defined runtime
// environment variables" in its developer guide).
const (
	apiVariable     = "AWS_LAMBDA_RUNTIME_API"
	handlerVariable = "_HANDLER"
)

// stopTime is how long the stop hooks have. Lambda kills the process about
// half a second after SIGTERM.
const stopTime = 400 * time.Millisecond

// errNotLambda says what to do with a Lambda binary on a desk.
var errNotLambda = errors.New("this binary is an AWS Lambda function and " + apiVariable + " is not set, so it is not running in Lambda: " +
	"deploy it with the runtime provided.al2023, or build it without the tag lambda to serve the same app over HTTP")

// Run serves the app as a Lambda function: it selects functions by Lambda's
// Handler setting, starts the unit in the init phase and takes events until
// SIGTERM, after which the unit is stopped and nil returned. A unit without stop
// hooks does not ask Lambda for SIGTERM, and ends with its process.
//
// The Handler setting (_HANDLER) is a selector as fn.Select takes it,
// "orders.get", "orders.*" or "*"; a setting without a dot or a star, such as
// the usual "bootstrap", means everything.
//
// What fails before the first event, a panic of a constructor too, is logged as one JSON line on standard
// error, reported to Lambda as a failed init, and returned; the process should
// then exit with another status than 0. When the Runtime API itself goes away
// the runtime client ends the process.
func Run(ctx context.Context, app fn.Starter, options ...Option) error {
	api := os.Getenv(apiVariable)
	if api == "" {
		logInit(errNotLambda)
		return errNotLambda
	}
	if selector := funcname.OfHandler(os.Getenv(handlerVariable)); selector != funcname.All {
		options = append(options[:len(options):len(options)], Start(fn.Select(selector)))
	}
	h, err := newReported(ctx, app, options)
	if err != nil {
		logInit(err)
		if reportErr := reportInit(ctx, api, err); reportErr != nil {
			logInit(reportErr)
		}
		return err
	}
	return h.loop(ctx)
}

// loop takes events until SIGTERM. The runtime client never returns, and its
// goroutine ends with the process.
//
// Lambda sends SIGTERM to functions with an extension alone, which the client then
// registers: one more request at every cold start, spared where nothing is to be stopped.
func (h *Handler) loop(ctx context.Context) error {
	if !h.host.NeedsStop() {
		lambda.StartWithOptions(h, lambda.WithContext(ctx))
		return nil
	}
	stopped := make(chan error, 1)
	stop := func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		h.inFlight.wait(ctx)
		stopped <- h.unit.Stop(ctx)
	}
	go lambda.StartWithOptions(h, lambda.WithContext(ctx), lambda.WithEnableSIGTERM(stop))
	return <-stopped
}

// logInit writes why the function cannot start: one line, as CloudWatch shows it.
func logInit(err error) {
	logger := zerolog.New(os.Stderr).With().Timestamp().Logger()
	logger.Error().Err(err).Msg("the function cannot start")
}
