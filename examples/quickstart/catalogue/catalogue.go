// Package catalogue is what the shop sells. It is the one group that renders
// HTML and images, and so the only one that needs html/template and image/png.
package catalogue

import (
	"context"
	"slices"

	"github.com/anygrain/anygrain/examples/quickstart/stock"
	"github.com/anygrain/anygrain/fn"
)

// Service answers the group's functions from a fixed list.
type Service struct {
	currency string
	products []stock.Product
}

// New returns the catalogue with prices in the currency.
func New(currency string) *Service {
	return &Service{currency: currency, products: stock.Products()}
}

// Functions lists the functions of the group.
func (s *Service) Functions() []fn.Function {
	return []fn.Function{
		fn.New("catalogue.list", s.List, fn.Route("GET /products"), fn.Doc("Lists the products, by tag if tags are given.")),
		fn.New("catalogue.get", s.Get, fn.Route("GET /products/{sku}")),
		fn.New("catalogue.image", s.Image, fn.Route("GET /products/{sku}/image.png")),
		fn.New("catalogue.page", s.Page, fn.Route("GET /{$}")),
		fn.New("catalogue.short", s.Short, fn.Route("GET /p/{sku}"), fn.Doc("Redirects a short link to the product.")),
	}
}

// ListInput filters and bounds the list.
type ListInput struct {
	Tags  []string `query:"tag"   validate:"max=5,dive,oneof=coffee tea hot cold milk" doc:"all of them must fit"`
	Limit int      `query:"limit" validate:"min=1,max=100" default:"20"`
}

// ListOutput is a page of products.
type ListOutput struct {
	Currency string          `json:"currency"`
	Products []stock.Product `json:"products"`
}

// List returns the products that have all the tags.
func (s *Service) List(_ context.Context, in ListInput) (ListOutput, error) {
	out := ListOutput{Currency: s.currency}
	for _, p := range s.products {
		if len(out.Products) < in.Limit && hasAll(p.Tags, in.Tags) {
			out.Products = append(out.Products, p)
		}
	}
	return out, nil
}

// GetInput names a product.
type GetInput struct {
	SKU string `path:"sku" validate:"required,max=40"`
}

// Get returns one product.
func (*Service) Get(_ context.Context, in GetInput) (stock.Product, error) { return find(in.SKU) }

// Short sends the client of a short link to the product.
func (*Service) Short(_ context.Context, in GetInput) (fn.Redirect, error) {
	p, err := find(in.SKU)
	if err != nil {
		return fn.Redirect{}, err
	}
	return fn.RedirectTo(302, "/products/"+p.SKU), nil
}

func find(sku string) (stock.Product, error) {
	p, ok := stock.Find(sku)
	if !ok {
		return stock.Product{}, fn.Errorf(fn.NotFound, "there is no product %q", sku)
	}
	return p, nil
}

func hasAll(have, want []string) bool {
	for _, w := range want {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}
