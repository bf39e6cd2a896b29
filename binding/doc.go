// Package binding turns requests into typed inputs and typed outputs into
// replies, for any host: it knows neither net/http nor AWS.
//
// A type is compiled once into a codec, [In] or [Out]; the codec then works on
// every request. A host says where the parts of a request are by implementing
// [Source], five methods over whatever its platform hands it:
//
//	package main
//
//	import (
//		"fmt"
//		"io"
//		"log"
//		"maps"
//		"net/http"
//		"reflect"
//		"slices"
//
//		"github.com/anygrain/anygrain/binding"
//	)
//
//	type GetInput struct {
//		ID     string   `path:"id"         validate:"required,uuid4"`
//		Expand []string `query:"expand"    validate:"dive,oneof=items customer"`
//		Limit  int      `query:"limit"     validate:"min=1,max=100" default:"20"`
//		Tenant string   `header:"X-Tenant" validate:"required"`
//	}
//
//	type source struct{ *http.Request }
//
//	func (s source) RawQuery() string                  { return s.URL.RawQuery }
//	func (s source) HeaderValues(name string) []string { return s.Header.Values(name) }
//	func (s source) HeaderNames() []string             { return slices.Collect(maps.Keys(s.Header)) }
//	func (s source) Body() io.Reader                   { return s.Request.Body }
//
//	func main() {
//		codec, problems := binding.CompileIn(reflect.TypeFor[GetInput]())
//		rules, err := binding.Rules()
//		if len(problems) > 0 || err != nil {
//			log.Fatalln(problems, err)
//		}
//		http.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
//			var in GetInput
//			if err := codec.Bind(r.Context(), &in, source{r}, binding.Limits{}, rules); err != nil {
//				http.Error(w, err.Error(), http.StatusBadRequest)
//				return
//			}
//			fmt.Fprintln(w, in.ID, in.Expand, in.Limit)
//		})
//		log.Fatal(http.ListenAndServe("localhost:8080", nil))
//	}
//
// # What a field is bound to
//
// The tag of a field of an In says where it comes from; without one it is a
// member of the JSON body. A field has one place, and nothing else can set it.
//
//	path:"id"          a wildcard of the route; an empty value is an absent one
//	query:"q"          parameters of the query string
//	header:"X-Y"       a header
//	cookie:"c"         a cookie; of several with one name the first
//	form:"f"           a field of a urlencoded or multipart form; File, *File, []File are uploads
//	json:"name"        a member of the JSON body, with the options of encoding/json/v2
//	json:"-"           nothing, unless the field also has a place
//	body:""            the whole body: []byte, string and io.Reader take it as it is, of any
//	                   media type, and every other type from JSON
//	default:"20"       the value when the request has none; lists are split at commas
//	validate:"min=1"   rules
//	doc:"how many"     a description for the docs
//
// Embedded structs count as if their fields were written inline, unless they
// have a json name. An In that is no struct, a []Item for one, is the whole
// body; struct{} takes nothing. An Out has header, cookie, status and body.
//
// # Values
//
// What is not JSON is text, which is read as string, bool (true, false, 1, 0),
// integers, floats and json.Number in decimal, time.Time, time.Duration (1m30s), []byte
// (the bytes themselves), any type with UnmarshalText, and named types of these.
//
//   - A pointer is nil when the request does not have the value.
//   - A slice takes a value that is repeated: ?a=1&a=2. Nothing splits at
//     commas, but for headers, which proxies may join by them (RFC 9110 section 5.3).
//   - A value that comes twice and is wanted once is malformed. Headers are joined
//     by a comma, for the same reason; of cookies the first counts, because browsers
//     send the most specific one first.
//   - A value of a query or a form that is there and empty, ?limit=, is an empty string
//     or empty bytes, and absent as anything else, types with UnmarshalText too: the field
//     is nil, the default or zero, and then the rules apply. Empty elements of a list do
//     not count, but for those of text and bytes. A checked box, on, is true. Empty
//     headers and cookies are malformed for all but text and bytes.
//   - A time.Time is read from RFC 3339 in all places, JSON too, with T and Z in either
//     case; so is a struct that embeds one and has its methods from there. A header
//     may have the three forms of an HTTP date as well (RFC 9110 section 5.6.7);
//     If-Modified-Since and If-Unmodified-Since that are no date are absent. A query and a
//     form may have the day alone, 2006-01-02 as an <input type=date> sends it, which is
//     midnight in UTC.
//   - Of a query only the parameters that the In names have to be well-formed.
//   - Strings are UTF-8 wherever they come from, as JSON wants it; other bytes are malformed,
//     but for []byte. NUL is a character as any other in a path, a query, a form and JSON,
//     and malformed in a header and a cookie, which cannot have it. A store that cannot
//     either wants the rule excludes=\x00.
//
// JSON refuses duplicate names, invalid UTF-8 and what follows the value, and
// compares names with their case. Unknown members and form fields are refused
// unless [Limits] lets them pass. An empty body and null have no members. A
// member that is null is there, and zero. Durations are text there too.
//
// # Errors
//
// What is wrong with a declaration is a list of [Problem], found at
// [CompileIn] and [In.CheckRules] and never at a request. What is wrong with a
// request is one [Error] with a [Violation] for each part, in the order of the
// fields: values that cannot be read, which make it Malformed, and rules that the
// rest breaks. A violation speaks of the client's names and never of its values;
// there are at most 100. A location ends after some 500 bytes. A value whose paths, written
// out, are far larger than itself, as those of a thousand lists in lists are, is Invalid by
// the rule "size" unless the common rules find nothing wrong with it.
//
// A type can check itself by a method Validate(context.Context) error, on the In
// or on anything within. It runs when all rules are kept. The outer method stands
// for that of an embedded struct, as in Go. [Violate] makes its violations; any other error is
// one violation, and one that has a method HTTPStatus() int is returned as it is.
//
// # The direct form
//
// A call that is no HTTP request carries the In as one JSON object, in which
// every field is a member: by its json name, or else the name in its tag, or "body".
// Where two places have one name, such as an id in the path and one in the body, a json
// tag beside the other gives it another name here: `path:"id" json:"path_id"`.
// [In.AppendJSON] writes it and [In.BindJSON] reads it. Violations have the
// same locations as over HTTP ("query.limit").
package binding
