// Package remote carries calls to functions in other units: by Lambda Invoke, or
// by HTTP to another server of ours. It is the [fn.Transport] that fn/run gives
// to a unit; programs with hosts of their own pass it with fn.WithTransport.
//
// A program with a host of its own:
//
//	func main() {
//		ctx := context.Background()
//		transport, err := remote.FromEnvironment(ctx, config.Env())
//		if err != nil {
//			log.Fatal(err)
//		}
//		err = fnhttp.ListenAndServe(ctx, app, fnhttp.Start(fn.WithTransport(transport)))
//		if err != nil {
//			log.Fatal(err)
//		}
//	}
//
// # Where a function lives
//
// One setting says it for all functions, in the variable ANYGRAIN_CALLEES: rules
// of a pattern and a target, separated by spaces, commas or line breaks.
//
//	orders.*=lambda:shop-orders chat.reply=https://chat.internal *=lambda:shop-{group}
//
// A pattern is a function (orders.get), a group (orders.*) or everything (*).
// The most specific wins, whatever the order. A target is
//
//	lambda:NAME         a Lambda function of this account and region; lambda:NAME:QUALIFIER a version or alias
//	lambda:ARN          one of another account or region: arn:aws:lambda:eu-west-1:123456789012:function:shop-orders
//	https://HOST[/PATH] a server of ours; also http:// for networks that need no TLS
//
// and can contain {group}, {function} (the name without the group) and {name}
// (both, joined by a hyphen). So the built-in grains need one rule each, however
// many functions there are: *=lambda:shop-{group}, *=lambda:shop-{name}.
//
// # How a unit proves who it is
//
// A Lambda Invoke is signed with Signature Version 4, with the credentials that
// Lambda gives to the unit; the role needs lambda:InvokeFunction on the callees.
// The tenant of an invocation (Lambda's tenant isolation) is named to the callee too: let all units
// of an app be isolated, or none.
//
// A call over HTTP has the secret of ANYGRAIN_CALL_SECRET as a bearer token, and
// the server the same one (fnhttp.CallSecret). With RoundTripper a program
// authenticates in its own way.
//
// # What can go wrong
//
// What is not in the table is Unavailable: refused and broken connections,
// half a response, 5xx, throttling (429), a function that crashed or timed out.
//
//	no rule, 404, no such Lambda function    Unimplemented
//	401, 403: credentials, secret refused    Internal
//	no AWS region is known                   Internal
//	payload or answer over 6 MB              ResourceExhausted
//
// The error says what to set where a secret does not fit: ANYGRAIN_CALL_SECRET is not
// set here, not set there (404: such a server takes no calls), or differs.
//
// Nothing is tried again here; fn does that, for idempotent contracts alone. A
// connection that the other side has closed while it was idle is noticed before
// anything is sent on it, or the call fails: it is never sent twice.
package remote
