package fnlambda

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/httpstatus"
)

// respond writes the reply in the format of the event's sender. What cannot be
// written, because it is too large or its stream breaks off, is answered with
// an opaque 500 and logged: the platform would report neither to the client.
func (h *Handler) respond(ctx context.Context, v *invocation, reply *fn.Reply) []byte {
	response, err := v.encode(reply)
	if err == nil {
		return response
	}
	h.logReply(&v.request, err)
	failed := fn.Errorf(fn.Internal, "the reply cannot be sent").WithCause(err)
	response, err = v.encode(h.host.ErrorReply(ctx, &v.request, failed))
	if err != nil { // the headers of the middleware are too large by themselves
		response, _ = v.encode(&fn.Reply{Status: 500})
	}
	return response
}

// encode reads the body and encodes the response, or says why it cannot be sent.
func (v *invocation) encode(reply *fn.Reply) ([]byte, error) {
	limit := v.event.Format.Limit()
	body, err := v.answerBody(reply, limit)
	if err != nil {
		return nil, err
	}
	response := v.event.Format.Response(reply.Status, reply.Header, body)
	if len(response) > limit {
		return nil, &tooLarge{size: len(response), limit: limit}
	}
	return response, nil
}

// answerBody returns the body that the response has: none for HEAD, whose stream
// is closed unread, since the client would get nothing of it.
func (v *invocation) answerBody(reply *fn.Reply, limit int) ([]byte, error) {
	if v.request.Method == "HEAD" || !httpstatus.HasBody(reply.Status) {
		return nil, closeStream(reply)
	}
	return bodyOf(reply, limit)
}

// closeStream gives up a stream that is not read. The error is that of a panic.
func closeStream(reply *fn.Reply) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fn.Recovered(v)
		}
	}()
	if c, ok := reply.Stream.(io.Closer); ok {
		_ = c.Close()
	}
	return nil
}

// tooLarge is a response that the platform does not take.
type tooLarge struct{ size, limit int }

// Error gives both sizes.
func (e *tooLarge) Error() string {
	return fmt.Sprintf("the response is at least %d bytes, with the encoding of its body; Lambda passes on %d at most: "+
		"return less, or a link to the data", e.size, e.limit)
}

// bodyOf returns the reply's body. A stream is read and closed here; of one
// that is too large no more is read than shows it.
func bodyOf(reply *fn.Reply, limit int) (body []byte, err error) {
	if reply.Stream == nil {
		return reply.Body, nil
	}
	defer func() {
		if v := recover(); v != nil {
			err = fn.Recovered(v)
		}
	}()
	if c, ok := reply.Stream.(io.Closer); ok {
		defer func() { _ = c.Close() }()
	}
	body, err = io.ReadAll(io.LimitReader(reply.Stream, int64(limit)+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the reply's stream: %w", err)
	case len(body) > limit:
		return nil, &tooLarge{size: len(body), limit: limit}
	}
	return body, nil
}

// logReply logs why the client does not get the function's reply.
func (h *Handler) logReply(req *fn.Request, err error) {
	line := h.unit.Logger().Error().Str("function", req.Function().Name())
	if req.ID != "" {
		line = line.Str("request_id", req.ID)
	}
	if e, ok := errors.AsType[*tooLarge](err); ok {
		line = line.Int("size", e.size).Int("limit", e.limit)
	}
	fn.LogStack(line.Err(err), err).Msg("the reply cannot be sent")
}
