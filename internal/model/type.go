package model

import "strings"

// Ref is a type by its number among the types of a model, so that types can be made of
// themselves.
type Ref int

// None is no type: that of a field which no JSON has.
const None Ref = 0

// Type is a Go type as far as JSON and text go.
type Type struct {
	Go      string // as Go prints it: "orders.Item", "[]string"
	Package string // the path of its package; "" when it has no name
	Kind    string // what it is made of: "struct", "int8"
	Read    Form   // what it is read from
	Write   Form   // what it is written as
	Methods Methods
	Bits    int      // of integers and floats
	Len     int      // of an array, of bytes too
	Key     Ref      // of a map
	Elem    Ref      // of a pointer, list, array or map, and of bytes
	Members []Member // of a struct: its fields in the order of declaration
}

// ReadsItself reports whether the type says itself how it is read from JSON.
func (t *Type) ReadsItself() bool { return t.Methods.Has(ReadsJSON | ReadsJSONFrom | ReadsText) }

// WritesItself reports whether the type says itself how it is written as JSON.
func (t *Type) WritesItself() bool { return t.Methods.Has(WritesJSON | WritesText | AppendsText) }

// Name is its package and name, as in "net/netip.Addr"; "" when it has no name.
func (t *Type) Name() string {
	if t.Package == "" {
		return ""
	}
	return t.Package + t.Go[strings.IndexByte(t.Go, '.'):]
}

// IsTime reports whether the type is time.Time itself, and none that has the form of one.
func (t *Type) IsTime() bool { return t.Name() == "time.Time" }

// Form is what a value of a type is in JSON.
type Form int

// The forms of values. Those of numbers have Bits.
const (
	NoForm    Form = iota // channels, functions, complex numbers, interfaces with methods
	Bool                  // true or false
	Int                   // an integer
	Uint                  // an integer of at least 0
	Float                 // a number
	Number                // a number with its digits as they come
	String                // text
	Bytes                 // text in base64; where text is carried, the bytes themselves
	Time                  // text: RFC 3339, and in some places other forms
	Duration              // text: 1m30s
	List                  // a list of Elem
	Array                 // a list of Len of Elem
	Map                   // an object with members of Elem by Key
	Struct                // an object of Members
	Pointer               // null, or Elem
	Any                   // whatever it holds
	File                  // an uploaded file
	SetCookie             // a cookie of a reply
	Stream                // what is read bit by bit
	OwnText               // text that the type's methods read or write
	OwnJSON               // JSON that the type's methods read or write
)

// Methods are what a type, or a pointer to it, has to read and write itself.
type Methods int

// The methods that count.
const (
	ReadsJSON     Methods = 1 << iota // UnmarshalJSON
	ReadsJSONFrom                     // UnmarshalJSONFrom
	ReadsText                         // UnmarshalText
	WritesJSON                        // MarshalJSON or MarshalJSONTo
	WritesText                        // MarshalText
	AppendsText                       // AppendText
	SaysZero                          // IsZero
	Reads                             // Read, of io.Reader
)

// Has reports whether one of the methods is there.
func (m Methods) Has(any Methods) bool { return m&any != 0 }

// Member is a field of a struct.
type Member struct {
	Go        string
	JSON      string // the name of its member in JSON
	Tag       string // its json tag
	Places    string // its tags of places, as in "path:id header:X-Id"
	Rules     string // its validate tag
	Doc       string // its doc tag
	Type      Ref    // None when JSON has no such member
	Exported  bool
	Anonymous bool // it is embedded
	Inlined   bool // its fields count as those of the struct around it
	Excluded  bool // json:"-"
	OmitEmpty bool
	OmitZero  bool
}
