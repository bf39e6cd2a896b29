// Package stock is what the shop has: the data that the groups share.
package stock

import "strings"

// Product is one thing for sale.
type Product struct {
	SKU   string   `json:"sku"`
	Name  string   `json:"name"`
	Cents int      `json:"cents"`
	Tags  []string `json:"tags"`
}

// Products lists what there is.
func Products() []Product {
	return []Product{
		{SKU: "espresso", Name: "Espresso", Cents: 220, Tags: []string{"coffee", "hot"}},
		{SKU: "flat-white", Name: "Flat white", Cents: 380, Tags: []string{"coffee", "hot", "milk"}},
		{SKU: "cold-brew", Name: "Cold brew", Cents: 420, Tags: []string{"coffee", "cold"}},
		{SKU: "iced-tea", Name: "Iced tea", Cents: 350, Tags: []string{"tea", "cold"}},
	}
}

// Find returns the product of that SKU, whatever the case of its letters.
func Find(sku string) (Product, bool) {
	for _, p := range Products() {
		if strings.EqualFold(p.SKU, sku) {
			return p, true
		}
	}
	return Product{}, false
}
