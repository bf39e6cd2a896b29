// Package work is what every contender does: the types, the rules, the requests,
// and what a right answer is.
package work

import (
	"encoding/json"
	"fmt"
	"strings"
)

// GetInput is the input of the workload get: a path, a repeated query, a number
// and a header, under four rules.
type GetInput struct {
	ID     string   `path:"id"         validate:"required,uuid"`
	Tags   []string `query:"tag"       validate:"max=5,dive,alphanum"`
	Limit  int      `query:"limit"     validate:"min=1,max=100" default:"20"`
	Tenant string   `header:"X-Tenant" validate:"required,max=40"`
}

// GetOutput has about 300 bytes as JSON.
type GetOutput struct {
	ID     string   `json:"id"`
	Tenant string   `json:"tenant"`
	Tags   []string `json:"tags"`
	Limit  int      `json:"limit"`
	Title  string   `json:"title"`
	Text   string   `json:"text"`
}

// Get is the business of the workload get.
func Get(in GetInput) GetOutput {
	return GetOutput{
		ID: in.ID, Tenant: in.Tenant, Tags: in.Tags, Limit: in.Limit, Title: "A thing that was looked up",
		Text: "It has a description of some length, as things that are looked up tend to have, and nothing in it is out of the ordinary.",
	}
}

// Order is the input of the workloads post: nested, with 25 rules.
type Order struct {
	Reference string   `json:"reference" validate:"required,max=40"`
	Currency  string   `json:"currency"  validate:"required,len=3"`
	Express   bool     `json:"express"`
	Customer  Customer `json:"customer"`
	Items     []Item   `json:"items"     validate:"min=1,max=1000,dive"`
	Labels    []string `json:"labels"    validate:"max=10,dive,min=1,max=20"`
}

// Customer is who orders.
type Customer struct {
	Name    string  `json:"name"  validate:"required,max=80"`
	Email   string  `json:"email" validate:"required,email"`
	Phone   string  `json:"phone" validate:"omitempty,max=30"`
	Address Address `json:"address"`
}

// Address is where the customer lives.
type Address struct {
	Street  string `json:"street"  validate:"required,max=80"`
	City    string `json:"city"    validate:"required,max=80"`
	Zip     string `json:"zip"     validate:"required,min=3,max=10"`
	Country string `json:"country" validate:"required,len=2"`
}

// Item is one line of an order.
type Item struct {
	SKU      string `json:"sku"      validate:"required,max=40"`
	Quantity int    `json:"quantity" validate:"min=1,max=999"`
	Cents    int    `json:"cents"    validate:"gte=0"`
	Note     string `json:"note"     validate:"max=200"`
}

// Receipt is the answer to an order.
type Receipt struct {
	Reference string   `json:"reference"`
	Currency  string   `json:"currency"`
	Cents     int      `json:"cents"`
	Lines     int      `json:"lines"`
	Ship      string   `json:"ship"`
	Labels    []string `json:"labels"`
	Text      string   `json:"text"`
}

// Post is the business of the workloads post.
func Post(in Order) Receipt {
	r := Receipt{Reference: in.Reference, Currency: in.Currency, Lines: len(in.Items), Labels: in.Labels,
		Ship: in.Customer.Name + ", " + in.Customer.Address.Street + ", " + in.Customer.Address.Zip + " " + in.Customer.Address.City,
		Text: "Thank you. We have taken your order and shall tell you when it is on its way, which as a rule is on the same day."}
	for _, item := range in.Items {
		r.Cents += item.Quantity * item.Cents
	}
	return r
}

// Hook is the input of the workload form: a webhook as chat services send it.
type Hook struct {
	Token   string `form:"token"     json:"token"     validate:"required"`
	User    string `form:"user_name" json:"user_name" validate:"required,max=80"`
	Command string `form:"command"   json:"command"   validate:"required,startswith=/"`
	Text    string `form:"text"      json:"text"      validate:"max=2000"`
}

// Said is the answer to a hook.
type Said struct {
	Type string `json:"response_type"`
	Text string `json:"text"`
}

// Form is the business of the workload form.
func Form(in Hook) Said { return Said{"in_channel", in.User + ": " + strings.ToUpper(in.Text)} }

// NewOrder returns a valid order of n items; six are about 1 KB.
func NewOrder(n int) Order {
	o := Order{
		Reference: "R-2026-000123", Currency: "EUR", Express: true, Labels: []string{"gift", "fragile"},
		Customer: Customer{Name: "Ada Lovelace", Email: "ada@example.com", Phone: "+44 20 7946 0000",
			Address: Address{"12 St James's Square", "London", "SW1Y 4JH", "GB"}},
	}
	for i := range n {
		o.Items = append(o.Items, Item{fmt.Sprintf("sku-%05d", i), i%9 + 1, 100 + i, "handle with the usual care, please"})
	}
	return o
}

// Request is one request of a workload, and what is right about its answer.
type Request struct {
	Name, Method, Target, ContentType, Body string
	Route                                   string // the pattern of the path
	Header                                  map[string]string
	Status                                  int
	Want                                    string   // the body as JSON, "" when Mentions counts
	Mentions                                []string // fields that an error has to name
}

// Requests are the workloads.
func Requests() []Request {
	const id = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
	get := GetInput{ID: id, Tags: []string{"coffee", "cold", "large"}, Limit: 50, Tenant: "acme"}
	hook := Hook{Token: "secret", User: "ada", Command: "/shout", Text: "a & b + c"}
	broken := NewOrder(3)
	broken.Reference, broken.Currency, broken.Customer.Email = "", "EURO", "nonsense"
	broken.Customer.Address.Zip, broken.Items[1].Quantity, broken.Items[2].SKU = "1", 0, ""
	tenant := map[string]string{"X-Tenant": "acme"}
	return []Request{
		{Name: "get", Method: "GET", Route: "/things/{id}", Target: "/things/" + id + "?tag=coffee&tag=cold&tag=large&limit=50", Header: tenant, Status: 200, Want: text(Get(get))},
		{Name: "post1k", Method: "POST", Route: "/orders", Target: "/orders", ContentType: "application/json", Body: text(NewOrder(6)), Status: 200, Want: text(Post(NewOrder(6)))},
		{Name: "post64k", Method: "POST", Route: "/orders", Target: "/orders", ContentType: "application/json", Body: text(NewOrder(500)), Status: 200, Want: text(Post(NewOrder(500)))},
		{Name: "form", Method: "POST", Route: "/hook", Target: "/hook", ContentType: "application/x-www-form-urlencoded",
			Body: "token=secret&user_name=ada&command=%2Fshout&text=a+%26+b+%2B+c", Status: 200, Want: text(Form(hook))},
		{Name: "error", Method: "POST", Route: "/orders", Target: "/orders", ContentType: "application/json", Body: text(broken), Status: 422,
			Mentions: []string{"reference", "currency", "email", "zip", "quantity", "sku"}},
	}
}

func text(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// Others are routes that are there and are not asked for.
func Others(n int) []string {
	var paths []string
	for i := range n {
		paths = append(paths, fmt.Sprintf("/service%d/things/%%sid%%s/parts", i))
	}
	return paths
}

// OtherRoutes fills in how a router writes the wildcard id: "{", "}" or ":", "".
func OtherRoutes(n int, open, end string) []string {
	paths := Others(n)
	for i, p := range paths {
		paths[i] = fmt.Sprintf(p, open, end)
	}
	return paths
}
