// Package ordersapi has the contracts of the group orders: what its siblings
// import to call it. It needs nothing of what the functions themselves need.
package ordersapi

import "github.com/anygrain/anygrain/fn"

// Price adds up items. It has no route: siblings and direct invokes only.
var Price = fn.Define[PriceInput, PriceOutput]("orders.price",
	fn.Doc("Adds up items. It has no route: siblings and direct invokes only."), fn.Idempotent())

// Item is one line of an order.
type Item struct {
	SKU      string `json:"sku"      validate:"required,max=40"`
	Quantity int    `json:"quantity" validate:"min=1,max=99"`
}

// PriceInput is what to add up.
type PriceInput struct {
	Items []Item `json:"items" validate:"required,dive"`
}

// PriceOutput is the sum.
type PriceOutput struct {
	Cents    int    `json:"cents"`
	Currency string `json:"currency"`
}
