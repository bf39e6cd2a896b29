package fn

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Resource is something outside of a function's own code that the function may use: a table,
// a bucket, a queue, another function. It is known by its kind and its ID; how data is read from
// it is the affair of its own package.
//
// Two optional methods say more. Err() error is what is wrong with the resource itself, such as a name
// that cannot be; it is a problem of the function that needs it. NotNeeded(use func(place string) bool) is
// called on a field of a config or section (config.Declared) that no function of the unit needs,
// after the constructors have run: the resource then calls use for each place (file:line) at which code
// uses it, before or after, and gives nothing away when that returns true.
type Resource interface {
	// Kind says what it is, in one word: "table", "bucket", "queue". ResourceFunction is fn's own.
	Kind() string
	// ID tells it from the others of its kind. It is the same in all stages: the name of a
	// variable or of a contract, never the physical name.
	ID() string
}

// ResourceFunction is the Kind of a contract: the ID is the name of the function that it calls.
const ResourceFunction = "function"

// Access is what a function may do with a resource: one of the constants, or several
// combined with |.
type Access uint8

// The accesses. What they allow in a platform's terms is said by the resource's kind.
const (
	AccessRead    Access = 1 << iota // read what is there
	AccessWrite                      // add, change, delete
	AccessCall                       // call a function
	AccessSend                       // hand over a message
	AccessReceive                    // take messages

	AccessReadWrite = AccessRead | AccessWrite
)

// accessNames are the names of the bits, in their order.
var accessNames = [...]string{"read", "write", "call", "send", "receive"}

// String lists the accesses: "read", "read+write". It is "none" for zero.
func (a Access) String() string {
	var names []string
	for i, name := range accessNames {
		if a&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if unknown := a.unknown(); unknown != 0 {
		names = append(names, fmt.Sprintf("unknown(%#x)", uint8(unknown)))
	}
	if names == nil {
		return "none"
	}
	return strings.Join(names, "+")
}

// unknown is what is no access.
func (a Access) unknown() Access { return a &^ (1<<len(accessNames) - 1) }

// Need says what a function may do with something beside its own code. Permissions follow
// from needs, and so does the call graph.
type Need struct {
	Resource Resource
	Access   Access
	Actions  []string // more than the access says, in the platform's words: "dynamodb:DescribeTable"
}

// Need returns the need itself, which makes it a Needer.
func (n Need) Need() Need { return n }

// String says the need in words: `call of function orders.price`, `read+write of table SHOWS_TABLE`.
func (n Need) String() string {
	what := n.Access.String()
	if n.Access == 0 && len(n.Actions) > 0 {
		what = strings.Join(n.Actions, ", ")
	}
	if isNil(n.Resource) {
		return what + " of no resource"
	}
	return what + " of " + n.Resource.Kind() + " " + n.Resource.ID()
}

// Callee is the name of the function that may be called, "" for a need of something else.
func (n Need) Callee() string {
	if n.Access&AccessCall == 0 || isNil(n.Resource) || n.Resource.Kind() != ResourceFunction {
		return ""
	}
	return n.Resource.ID()
}

// Needer is what Needs takes: a Need, a Contract, what a package of resources makes of its own.
type Needer interface{ Need() Need }

// Needs declares what a function may use: contracts that it calls, resources that it reads or
// writes. On a group or an app it declares that of all their functions, for middleware and what
// they share. Needs add up; those of one resource are one need with all their accesses.
//
// From it the call graph is known without running anything, and permissions are derived. See
// Strict for what happens to a call that is not declared.
func Needs(needs ...Needer) Option {
	return option(func(s *shared) {
		for _, n := range needs {
			if need, problem := needOf(n); problem != "" {
				s.misuse = append(s.misuse, "Needs: "+problem)
			} else {
				s.needs = addNeed(s.needs, need)
			}
		}
	})
}

// needOf asks n for its need and says what is wrong with it.
func needOf(n Needer) (need Need, problem string) {
	defer func() {
		if v := recover(); v != nil {
			problem = fmt.Sprintf("a %T panicked when it was asked for its need: %v; is it made by its package's own constructor?", n, v)
		}
	}()
	if isNil(n) {
		return Need{}, fmt.Sprintf("a need is nil (%T); pass a contract, or a resource with an access", n)
	}
	need = n.Need()
	if r, ok := need.Resource.(interface{ Err() error }); ok && !isNil(need.Resource) {
		if err := r.Err(); err != nil {
			return need, fmt.Sprintf("the %s %q (%T) %v", need.Resource.Kind(), need.Resource.ID(), need.Resource, err)
		}
	}
	return need, need.problem(n)
}

// problem says what is wrong with the need that n returned, "" for nothing.
func (n Need) problem(of Needer) string {
	if isNil(n.Resource) {
		return fmt.Sprintf("a %T needs no resource; a zero value needs nothing, make it by its own constructor (a contract by fn.Define)", of)
	}
	kind, id := n.Resource.Kind(), n.Resource.ID()
	switch {
	case kind == "":
		return fmt.Sprintf("the resource %q (%T) has no kind; its method Kind has to say what it is, such as \"table\"", id, n.Resource)
	case id == "":
		return fmt.Sprintf("a resource of kind %q (%T) has no ID, so that nobody can tell which one is meant; a resource gets its ID from the variable of its config field, or from the contract that defines it",
			kind, n.Resource)
	case n.Access.unknown() != 0:
		return fmt.Sprintf("the access to %s %q is %v; combine fn's constants, such as fn.AccessRead|fn.AccessWrite", kind, id, n.Access)
	case n.Access == 0 && len(n.Actions) == 0:
		return fmt.Sprintf("the need of %s %q says no access and no actions; give it an access, such as fn.AccessRead", kind, id)
	case slices.Contains(n.Actions, ""):
		return fmt.Sprintf("the need of %s %q has an empty action; say it in the platform's words, such as \"dynamodb:DescribeTable\"", kind, id)
	}
	return ""
}

// isNil reports whether v is nil, or an interface of a nil pointer and the like.
func isNil(v any) bool {
	if v == nil {
		return true
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan:
		return r.IsNil()
	}
	return false
}

// addNeed adds a need to others: to that of the same resource, if there is one.
func addNeed(needs []Need, n Need) []Need {
	n.Actions = slices.Clone(n.Actions)
	for i := range needs {
		if old := &needs[i]; old.Resource.Kind() == n.Resource.Kind() && old.Resource.ID() == n.Resource.ID() {
			if contractOf(*old) != contractOf(n) {
				continue // two declarations of one function, which checkNeeds compares
			}
			old.Access |= n.Access
			for _, action := range n.Actions {
				if !slices.Contains(old.Actions, action) {
					old.Actions = append(old.Actions, action)
				}
			}
			return needs
		}
	}
	return append(needs, n)
}

// cloneNeeds returns a copy that shares no memory.
func cloneNeeds(needs []Need) []Need {
	needs = slices.Clone(needs)
	for i := range needs {
		needs[i].Actions = slices.Clone(needs[i].Actions)
	}
	return needs
}

// contractResource is the function that a contract calls, as a resource.
type contractResource struct{ d *declaration }

// Kind implements Resource.
func (contractResource) Kind() string { return ResourceFunction }

// ID implements Resource: the function's name.
func (c contractResource) ID() string { return c.d.name }

// need is what a contract needs: itself.
func (d *declaration) need() Need {
	if d == nil {
		return Need{}
	}
	return Need{Resource: contractResource{d}, Access: AccessCall}
}

// contractOf is the declaration of the contract that is needed, nil when something else is.
func contractOf(n Need) *declaration {
	c, _ := n.Resource.(contractResource)
	return c.d
}

// calleesOf is the set of the functions that may be called by these needs.
func calleesOf(lists ...[]Need) map[string]bool {
	set := map[string]bool{}
	for _, needs := range lists {
		for _, n := range needs {
			if name := n.Callee(); name != "" {
				set[name] = true
			}
		}
	}
	return set
}
