// Package randomapp makes apps at random: functions with Ins, Outs, rules,
// routes and calls that nobody would think of. An app is a text, so that one that
// shows a bug can be cut down and kept.
package randomapp

// App is the declaration of an app.
type App struct {
	Bare      bool       `json:"bare,omitzero"` // has no middleware
	CORS      bool       `json:"cors,omitzero"`
	Watched   bool       `json:"watched,omitzero"` // middleware looks at all requests
	Functions []Function `json:"functions"`
}

// Function is the declaration of a function. What it does follows from its name
// and its In alone: it calls some of its callees, and then answers, fails or panics.
type Function struct {
	Name   string   `json:"name"`
	Routes []string `json:"routes,omitzero"`
	In     Type     `json:"in"`
	Out    Type     `json:"out"`
	Calls  []string `json:"calls,omitzero"`
	Again  bool     `json:"idempotent,omitzero"`
	Loose  bool     `json:"allowUnknown,omitzero"`
	Limit  int64    `json:"bodyLimit,omitzero"`
}

// Type is the declaration of a type. The Go text is that of the type, where
// "struct" stands for one of the Fields: "[]struct", "map[string]*int". A type of
// fixed.go has its name here, and no Fields.
type Type struct {
	Go     string  `json:"go"`
	Fields []Field `json:"fields,omitzero"`
}

// Field is a field of a struct.
type Field struct {
	Name string `json:"name"`
	Tag  string `json:"tag"`
	Type
}
