package fn

import (
	"fmt"
	"slices"
)

// Apply returns the functions with options around their own, as those of a group are: a function's
// own option wins, its own middleware runs inside. It is for the end of a constructor, for what
// needs the config:
//
//	return fn.Apply(functions, fn.Use(signedBy(cfg.Key)), fn.Timeout(cfg.Patience)), nil
func Apply(functions []Function, options ...Option) []Function {
	around, at := sharedOf(options, levelFunction), callerPlace()
	applied := make([]Function, len(functions))
	for i, f := range functions {
		applied[i] = f.within(around)
	}
	for i, f := range applied {
		if f.d != nil { // it is one mistake, however many functions there are
			applied[i] = f.misapplied(around.misuse, at)
			break
		}
	}
	return applied
}

// misapplied returns the function with what is wrong with the options of Apply.
func (f Function) misapplied(misuse []string, at *place) Function {
	if len(misuse) == 0 {
		return f
	}
	d := f.d.clone()
	for _, text := range misuse {
		d.problems = append(d.problems, Problem{Function: d.name, Place: at.String(), Message: "Apply: " + text})
	}
	return Function{d}
}

// sharedOf is what options say that stand around functions. What is wrong with them is in misuse.
func sharedOf(options []Option, level string) *shared {
	var s settings
	for _, o := range options {
		if o != nil {
			o.applyApp(&s)
		}
	}
	s.finish(level, 0)
	return &s.shared
}

// finish checks what can only be seen of all options together, and of the annotations those from the
// first on.
func (s *shared) finish(level string, first int) {
	if s.timeout < 0 {
		s.misuse = append(s.misuse, fmt.Sprintf("timeout %v is negative", s.timeout))
	}
	s.misuse = append(s.misuse, checkAnnotations(s.annotations[first:], level)...)
}

// empty reports whether nothing is said.
func (s *shared) empty() bool {
	return len(s.middleware)+len(s.needs)+len(s.annotations) == 0 && s.limit() == 0 && s.bodyLimit == 0 &&
		!s.allowUnknown && !s.looseNames && !s.anyMediaType
}

// within returns the function inside of what options say around it.
func (f Function) within(around *shared) Function {
	if f.d == nil || around.empty() {
		return f
	}
	d := f.d.clone()
	d.middleware = slices.Concat(around.middleware, d.middleware)
	d.annotations = slices.Concat(around.annotations, d.annotations)
	for _, n := range around.needs {
		d.needs = addNeed(d.needs, n)
	}
	if d.limit() == 0 {
		d.timeout, d.noTimeout = around.timeout, around.noTimeout
	}
	if d.bodyLimit <= 0 {
		d.bodyLimit = around.bodyLimit
	}
	d.allowUnknown = d.allowUnknown || around.allowUnknown
	d.looseNames = d.looseNames || around.looseNames
	d.anyMediaType = d.anyMediaType || around.anyMediaType
	return Function{d}
}
