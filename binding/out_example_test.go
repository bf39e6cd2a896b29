package binding_test

import (
	"fmt"
	"reflect"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// A struct is spread over the reply by the tags of its fields.
func ExampleOut_Render() {
	type Created struct {
		Status   int    `status:""`
		Location string `header:"Location"`
		ID       string `json:"id"`
	}
	codec, problems := binding.CompileOut(reflect.TypeFor[Created]())
	if len(problems) > 0 {
		fmt.Println(problems)
		return
	}
	reply, err := codec.Render(&Created{Status: 201, Location: "/orders/7", ID: "7"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reply.Status)
	for _, f := range reply.Header {
		fmt.Println(f.Name + ": " + f.Value)
	}
	fmt.Println(string(reply.Body))
	// Output:
	// 201
	// Location: /orders/7
	// Content-Type: application/json
	// {"id":"7"}
}

// How is an image sent?
func ExampleOut_Render_rawBody() {
	type Image struct {
		Type     string    `header:"Content-Type"`
		Modified time.Time `header:"Last-Modified"`
		Data     []byte    `body:""`
	}
	codec, _ := binding.CompileOut(reflect.TypeFor[Image]())
	reply, err := codec.Render(&Image{"image/png", time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), []byte("png")})
	fmt.Println(reply.Header.Get("Content-Type"), len(reply.Body), err)
	fmt.Println(reply.Header.Get("Last-Modified"))
	// Output:
	// image/png 3 <nil>
	// Sun, 01 Mar 2026 12:00:00 GMT
}

// What does a caller of the function see that does not speak HTTP?
func ExampleOut_AppendJSON() {
	type Page struct {
		Next  string   `header:"X-Next"`
		Items []string `json:"items"`
	}
	codec, _ := binding.CompileOut(reflect.TypeFor[Page]())
	data, err := codec.AppendJSON(nil, &Page{Next: "p2", Items: []string{"a"}})
	fmt.Println(string(data), err)
	// Output:
	// {"X-Next":"p2","items":["a"]} <nil>
}

// What does a wrong declaration look like?
func ExampleCompileOut() {
	type Reply struct {
		ID   string `path:"id"`
		Code string `status:""`
	}
	_, problems := binding.CompileOut(reflect.TypeFor[Reply]())
	for _, p := range problems {
		fmt.Println(p.Error())
	}
	// Output:
	// Reply.ID: has the tag path, which is for inputs: an output has header, cookie, status and body, and json for the members of its body
	// Reply.Code: is a string: a status is an int
}

func ExampleSetCookie() {
	line, err := binding.SetCookie{Value: "abc", MaxAge: 24 * time.Hour}.Format("session")
	fmt.Println(line, err)
	// Output:
	// session=abc; Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax <nil>
}
