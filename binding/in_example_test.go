package binding_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/binding"
)

// memory is a request in memory.
type memory struct{ id, query, body string }

func (m memory) PathValue(string) string      { return m.id }
func (m memory) RawQuery() string             { return m.query }
func (m memory) HeaderValues(string) []string { return nil }
func (m memory) HeaderNames() []string        { return nil }
func (m memory) Body() io.Reader              { return strings.NewReader(m.body) }

// How is a query parameter bound, and what is it when the client leaves it out?
func ExampleIn_Bind() {
	type List struct {
		Expand []string `query:"expand"`
		Limit  int      `query:"limit" default:"20"`
		Cursor *string  `query:"cursor"`
	}
	codec, _ := binding.CompileIn(reflect.TypeFor[List]())
	var in List
	err := codec.Bind(context.Background(), &in, memory{query: "expand=items&expand=customer"}, binding.Limits{}, nil)
	fmt.Println(in.Expand, in.Limit, in.Cursor == nil, err)
	// Output:
	// [items customer] 20 true <nil>
}

// What does a client learn about a wrong request?
func ExampleIn_Bind_violations() {
	type Create struct {
		ID    int `path:"id"`
		Items []struct {
			Quantity int8 `json:"quantity"`
		} `json:"items"`
	}
	codec, _ := binding.CompileIn(reflect.TypeFor[Create]())
	request := memory{id: "seven", body: `{"items":[{"quantity":1},{"quantity":1000}],"price":0}`}
	err := codec.Bind(context.Background(), new(Create), request, binding.Limits{}, nil)
	if e, ok := errors.AsType[*binding.Error](err); ok {
		for _, v := range e.Violations {
			fmt.Printf("%s (%s): %s\n", v.Location, v.Rule, v.Message)
		}
	}
	// Output:
	// path.id (type): must be an integer
	// body.items[1].quantity (type): must be an integer between -128 and 127
	// body.price (unknown): is not known
}

// How does an input look when it is invoked without HTTP?
func ExampleIn_BindJSON() {
	type Get struct {
		ID     string `path:"id"`
		Limit  int    `query:"limit" default:"20"`
		Tenant string `header:"X-Tenant" json:"tenant"`
	}
	codec, _ := binding.CompileIn(reflect.TypeFor[Get]())
	var in Get
	err := codec.BindJSON(context.Background(), &in, []byte(`{"id":"o-1","tenant":"acme"}`), binding.Limits{}, nil)
	fmt.Println(in, err)
	data, err := codec.AppendJSON(nil, &in)
	fmt.Println(string(data), err)
	// Output:
	// {o-1 20 acme} <nil>
	// {"id":"o-1","limit":20,"tenant":"acme"} <nil>
}

// What is found out before the first request?
func ExampleCompileIn() {
	type Get struct {
		ID    string         `path:"id" query:"id"`
		Limit int            `query:"limit" default:"many"`
		Sort  map[string]int `query:"sort"`
	}
	_, problems := binding.CompileIn(reflect.TypeFor[Get]())
	for _, p := range problems {
		fmt.Println(p.Field + ": " + strings.SplitAfter(p.Message, ",")[0])
	}
	// Output:
	// Get.ID: has the tags path and query: a field comes from one place,
	// Get.Limit: has the default "many",
	// Get.Sort: has the type map[string]int,
}

// Booking shows a rule that needs two fields.
type Booking struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Validate is called when everything could be read and all rules are kept.
func (b Booking) Validate(context.Context) error {
	if b.To < b.From {
		return binding.Violate("to", "order", "must not be before from")
	}
	return nil
}

// How does a type check what its tags cannot say?
func ExampleViolate() {
	type Request struct {
		Bookings []Booking `json:"bookings"`
	}
	codec, _ := binding.CompileIn(reflect.TypeFor[Request]())
	err := codec.Bind(context.Background(), new(Request), memory{body: `{"bookings":[{"from":2,"to":1}]}`}, binding.Limits{}, nil)
	fmt.Println(err)
	// Output:
	// body.bookings[0].to must not be before from
}
