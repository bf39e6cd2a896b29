package resource

import (
	"errors"
	"reflect"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/funcname"
)

// Queue is the contract of a queue: its name and the type of its messages, a package variable that
// who sends and who receives both import. It is its own need, to send.
type Queue[M any] struct{ name string }

// KindQueue is the Kind of queues.
const KindQueue = "queue"

// DefineQueue returns the contract of the queue of that name, group.name as that of a function:
// "mail.jobs". What is wrong with the name is a problem of the functions that need it.
func DefineQueue[M any](name string) Queue[M] { return Queue[M]{name} }

// Kind implements fn.Resource.
func (Queue[M]) Kind() string { return KindQueue }

// ID implements fn.Resource: the name of the contract.
func (q Queue[M]) ID() string { return q.name }

// Item is the type of the messages.
func (Queue[M]) Item() reflect.Type { return reflect.TypeFor[M]() }

// Need is the need to send messages.
func (q Queue[M]) Need() fn.Need { return fn.Need{Resource: q, Access: fn.AccessSend} }

// Receive is the need to take messages.
func (q Queue[M]) Receive() fn.Need { return fn.Need{Resource: q, Access: fn.AccessReceive} }

// Err says what is wrong with the contract.
func (q Queue[M]) Err() error {
	switch {
	case q.name == "":
		return errors.New("is a zero value or has no name; make it by resource.DefineQueue, with a name")
	case !funcname.IsFunction(q.name):
		return errors.New(`has a name that is not of the form group.name, such as "mail.jobs": a group of lower-case letters, digits and underscores, a dot, and the queue's own name`)
	}
	return nil
}
