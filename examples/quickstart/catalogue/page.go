package catalogue

import (
	"bytes"
	"context"
	"html/template"
)

// HTML is an HTML page as a raw response.
type HTML struct {
	ContentType string `header:"Content-Type"`
	Text        string `body:""`
}

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Shop</title></head>
<body><h1>Shop</h1><ul>{{range .Products}}
<li><img src="/products/{{.SKU}}/image.png" width="16" height="16" alt=""> <a href="/products/{{.SKU}}">{{.Name}}</a>, {{.Cents}} cents</li>{{end}}
</ul></body></html>
`))

// Page returns the shop's front page.
func (s *Service) Page(context.Context, struct{}) (HTML, error) {
	var b bytes.Buffer
	if err := page.Execute(&b, ListOutput{Currency: s.currency, Products: s.products}); err != nil {
		return HTML{}, err
	}
	return HTML{ContentType: "text/html; charset=utf-8", Text: b.String()}, nil
}
