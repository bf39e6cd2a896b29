package contender

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// The types with the rules in huma's own tags, which it checks by JSON Schema.
type (
	humaGet struct {
		ID     string   `path:"id" format:"uuid"`
		Tags   []string `query:"tag,explode" maxItems:"5"`
		Limit  int      `query:"limit" minimum:"1" maximum:"100" default:"20"`
		Tenant string   `header:"X-Tenant" required:"true" minLength:"1" maxLength:"40"`
	}
	humaOrder struct {
		Reference string       `json:"reference" minLength:"1" maxLength:"40"`
		Currency  string       `json:"currency" minLength:"3" maxLength:"3"`
		Express   bool         `json:"express"`
		Customer  humaCustomer `json:"customer"`
		Items     []humaItem   `json:"items" minItems:"1" maxItems:"1000"`
		Labels    []string     `json:"labels" maxItems:"10"`
	}
	humaCustomer struct {
		Name    string      `json:"name" minLength:"1" maxLength:"80"`
		Email   string      `json:"email" format:"email"`
		Phone   string      `json:"phone" maxLength:"30"`
		Address humaAddress `json:"address"`
	}
	humaAddress struct {
		Street  string `json:"street" minLength:"1" maxLength:"80"`
		City    string `json:"city" minLength:"1" maxLength:"80"`
		Zip     string `json:"zip" minLength:"3" maxLength:"10"`
		Country string `json:"country" minLength:"2" maxLength:"2"`
	}
	humaItem struct {
		SKU      string `json:"sku" minLength:"1" maxLength:"40"`
		Quantity int    `json:"quantity" minimum:"1" maximum:"999"`
		Cents    int    `json:"cents" minimum:"0"`
		Note     string `json:"note" maxLength:"200"`
	}
	humaIn[T any] struct{ Body T }
	humaRaw       struct {
		RawBody []byte `contentType:"application/x-www-form-urlencoded"`
	}
	humaOut[T any] struct{ Body T }
)

// Huma is huma v2 on ServeMux.
func Huma(routes int) http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("bench", "1")
	config.CreateHooks = nil // no $schema member in the answers
	api := humago.New(mux, config)
	for _, path := range work.OtherRoutes(routes-3, "{", "}") {
		huma.Get(api, path, func(context.Context, *struct {
			ID string `path:"id"`
		}) (*struct{}, error) {
			return nil, nil
		})
	}
	huma.Get(api, "/things/{id}", func(_ context.Context, in *humaGet) (*humaOut[work.GetOutput], error) {
		return &humaOut[work.GetOutput]{work.Get(work.GetInput(*in))}, nil
	})
	huma.Register(api, huma.Operation{Method: "POST", Path: "/orders", DefaultStatus: 200}, func(_ context.Context, in *humaIn[humaOrder]) (*humaOut[work.Receipt], error) {
		return &humaOut[work.Receipt]{work.Post(plain(in.Body))}, nil
	})
	huma.Register(api, huma.Operation{Method: "POST", Path: "/hook", DefaultStatus: 200}, func(_ context.Context, in *humaRaw) (*humaOut[work.Said], error) {
		form, err := url.ParseQuery(string(in.RawBody))
		if err != nil {
			return nil, huma.Error400BadRequest("the form cannot be read", err)
		}
		hook, err := byhand.ReadForm(form)
		if err != nil {
			return nil, huma.Error422UnprocessableEntity("the form breaks a rule", err)
		}
		return &humaOut[work.Said]{work.Form(hook)}, nil
	})
	return mux
}

// plain copies what huma read into what the business takes: the tags differ.
func plain(o humaOrder) work.Order {
	out := work.Order{Reference: o.Reference, Currency: o.Currency, Express: o.Express, Labels: o.Labels, Items: make([]work.Item, len(o.Items)),
		Customer: work.Customer{Name: o.Customer.Name, Email: o.Customer.Email, Phone: o.Customer.Phone, Address: work.Address(o.Customer.Address)}}
	for i, item := range o.Items {
		out.Items[i] = work.Item(item)
	}
	return out
}
