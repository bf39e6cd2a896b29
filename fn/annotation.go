package fn

import (
	"fmt"
	"reflect"
)

// Annotate attaches a value to a function, a group or an app, for a package that reads it: how much
// memory it takes, which scopes a caller must have. The type of the value is its name. Of two values
// of one type the last one wins, and a function's wins over its group's, a group's over the app's.
//
// T is a defined type of the package that gives it a meaning, and no interface, so that two packages
// never mean the same name and AnnotationOf finds what was said. Let it be a plain value in a small
// package: what reads annotations, such as a generator, need not be linked into the program.
//
// An annotation that has a method CheckAnnotation(level string) error is asked whether it may stand
// there: level is "app", "group" or "function". The error is a problem of the declaration.
func Annotate[T any](annotation T) Option {
	t := reflect.TypeFor[T]()
	if t.PkgPath() == "" || t.Kind() == reflect.Interface {
		problem := fmt.Sprintf("Annotate: an annotation of type %s cannot be told from those of other packages; "+
			"pass a value (no pointer, no interface) of a type that its package defines, such as type Memory int", t)
		return option(func(s *shared) { s.misuse = append(s.misuse, problem) })
	}
	return option(func(s *shared) { s.annotations = append(s.annotations, annotation) })
}

// AnnotationOf returns the annotation of that type: the function's, else its group's, else the app's.
// Those of the group and the app are known for functions of a Unit, of a Description and of a
// Request, not yet for what New returns.
func AnnotationOf[T any](f Function) (annotation T, ok bool) {
	if f.d == nil || any(annotation) == nil { // of an interface there is none
		return annotation, false
	}
	for i := len(f.d.annotations) - 1; i >= 0; i-- {
		if found, ok := f.d.annotations[i].(T); ok {
			return found, true
		}
	}
	return annotation, false
}

// The levels at which an annotation can stand.
const (
	levelApp      = "app"
	levelGroup    = "group"
	levelFunction = "function"
)

// checkAnnotations asks the annotations whether they may stand where they do.
func checkAnnotations(annotations []any, level string) (problems []string) {
	for _, a := range annotations {
		if checker, ok := a.(interface{ CheckAnnotation(level string) error }); ok {
			if err := checker.CheckAnnotation(level); err != nil {
				problems = append(problems, fmt.Sprintf("Annotate: %T: %v", a, err))
			}
		}
	}
	return problems
}
