package hosttest_test

import (
	"fmt"

	"github.com/anygrain/anygrain/fn/hosttest"
)

// What holds for every host.
func ExampleSentences() {
	for _, s := range hosttest.Sentences() {
		fmt.Println(s)
	}
	// Output:
	// an In arrives whole, and the Out is the answer
	// an In that breaks a rule is the caller's error
	// an In that is no JSON is the caller's error
	// an error's problem document has its media type, its status and its code
	// the text of an unexpected error is not told to the caller
	// the message of an internal error is not told to the caller
	// a panic is an internal error, and the next request is answered
	// the function's context ends when its caller goes away
	// a request says its host, its kind and its function
	// a function that the unit does not serve is Unimplemented
	// a body that is larger than the limit is answered 413
	// a path that no function has is answered 404, with the middleware's header
	// a method that a path does not have is answered 405, and Allow says which it has
	// what middleware adds to the reply's header arrives
	// a reply's two Set-Cookie fields both arrive
	// bytes that are no text arrive as they are, in both directions
	// a reply without a body has none
	// a HEAD is answered as a GET without the body
	// a stream arrives whole, and is closed
}
