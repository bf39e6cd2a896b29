// Package topic has topics of messages: a resource with its accesses, and the trigger that starts a
// function by each message.
package topic

import (
	"fmt"
	"reflect"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/resource"
)

// Kind is the kind of topics, and of the requests that their messages make.
const Kind = "topic"

// Topic is a topic of messages of type M. It is a field of a config or section.
type Topic[M any] struct{ resource.Identity }

// Kind implements fn.Resource.
func (Topic[M]) Kind() string { return Kind }

// Publish is the need to send messages.
func (t Topic[M]) Publish() fn.Need { return fn.Need{Resource: t, Access: fn.AccessSend} }

// Subscribe is the need to take messages.
func (t Topic[M]) Subscribe() fn.Need { return fn.Need{Resource: t, Access: fn.AccessReceive} }

// Messages starts a function by each message of the topic, for fn.On.
func (t Topic[M]) Messages() fn.Trigger { return subscription[M]{t} }

// subscription is a fn.Trigger. A host learns the name of the topic by its method Topic.
type subscription[M any] struct{ of Topic[M] }

func (s subscription[M]) Kind() string        { return Kind }
func (s subscription[M]) Source() fn.Resource { return s.of }
func (s subscription[M]) Item() reflect.Type  { return reflect.TypeFor[M]() }
func (s subscription[M]) String() string      { return fmt.Sprintf("topic %s", s.of.ID()) }
func (s subscription[M]) Topic() string       { return s.of.Name() }

// Needs is asked by fn: who is started by messages may take them.
func (s subscription[M]) Needs() []fn.Need { return []fn.Need{s.of.Subscribe()} }

// Excludes is asked by fn: the other trigger of the same source.
func (s subscription[M]) Excludes(other fn.Trigger) string {
	if other.Kind() == Kind && other.Source().ID() == s.of.ID() {
		return "a message goes to one function"
	}
	return ""
}
