package fnlambda

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/eventkind"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
)

// eventsPackage is where aws-lambda-go declares the events.
const eventsPackage = "github.com/aws/aws-lambda-go/events"

// formatOf knows the events of front doors by the names of their types.
func formatOf(t reflect.Type) frontdoor.Format {
	if t.PkgPath() != eventsPackage {
		return frontdoor.Unknown
	}
	switch t.Name() {
	case "APIGatewayProxyRequest":
		return frontdoor.REST
	case "APIGatewayV2HTTPRequest":
		return frontdoor.HTTPAPI
	case "LambdaFunctionURLRequest":
		return frontdoor.FunctionURL
	case "ALBTargetGroupRequest":
		return frontdoor.ALBMulti
	}
	return frontdoor.Unknown
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
)

// inspect checks the handler by the rules of lambda.Start and finds its event.
func (n *native) inspect(handler any) error {
	n.event = "the raw event"
	if handler == nil {
		return errors.New("the handler is nil; pass a function that lambda.Start takes")
	}
	t := reflect.TypeOf(handler)
	if t.Implements(reflect.TypeFor[lambda.Handler]()) {
		return nil
	}
	if t.Kind() != reflect.Func {
		return fmt.Errorf("the handler is a %s; pass a function or a lambda.Handler", t)
	}
	if reflect.ValueOf(handler).IsNil() {
		return fmt.Errorf("the handler is a nil %s", t)
	}
	return errors.Join(n.inspectIn(t), inspectOut(t))
}

func (n *native) inspectIn(t reflect.Type) error {
	switch {
	case t.IsVariadic():
		return fmt.Errorf("the handler %s is variadic; it takes a context.Context and an event at most", t)
	case t.NumIn() > 2:
		return fmt.Errorf("the handler %s takes %d arguments; it takes a context.Context and an event at most", t, t.NumIn())
	case t.NumIn() == 2 && t.In(0) != contextType:
		return fmt.Errorf("the handler %s takes two arguments and the first is %s; make it context.Context", t, t.In(0))
	case t.NumIn() == 0 || t.NumIn() == 1 && t.In(0) == contextType:
		return nil
	}
	event := t.In(t.NumIn() - 1)
	if event.Kind() == reflect.Interface && event.NumMethod() > 0 {
		return fmt.Errorf("the handler %s takes the interface %s; JSON cannot be decoded into it", t, event)
	}
	n.event = event.String()
	if event.Kind() == reflect.Pointer {
		event = event.Elem()
	}
	if n.takes = formatOf(event); n.takes == frontdoor.Unknown && event.PkgPath() == eventsPackage {
		n.kinds = eventkind.OfType(event.Name())
	}
	return nil
}

func inspectOut(t reflect.Type) error {
	switch n := t.NumOut(); {
	case n > 2:
		return fmt.Errorf("the handler %s returns %d values; it returns a value and an error at most", t, n)
	case n > 0 && !t.Out(n-1).Implements(errorType):
		return fmt.Errorf("the handler %s returns %s as its last value; make it error", t, t.Out(n-1))
	}
	return nil
}
