package contender

import (
	"net/http"

	"github.com/go-fuego/fuego"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Fuego is fuego's server with its binder of bodies and validator.
func Fuego(routes int) http.Handler {
	s := fuego.NewServer(fuego.WithoutStartupMessages(), fuego.WithoutLogger(),
		fuego.WithEngineOptions(fuego.WithOpenAPIConfig(fuego.OpenAPIConfig{Disabled: true, DisableSwaggerUI: true, DisableLocalSave: true})))
	for _, path := range work.OtherRoutes(routes-3, "{", "}") {
		fuego.GetStd(s, path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	}
	fuego.GetStd(s, "/things/{id}", getByHand(func(r *http.Request) string { return r.PathValue("id") }))
	fuego.Post(s, "/orders", func(c fuego.ContextWithBody[work.Order]) (work.Receipt, error) {
		in, err := c.Body()
		if err != nil {
			return work.Receipt{}, err
		}
		return work.Post(in), nil
	})
	fuego.PostStd(s, "/hook", hookByHand)
	return s.Mux
}
