package contender

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Chi is the chi router; the rest is as by hand.
func Chi(routes int) http.Handler {
	r := chi.NewRouter()
	for _, path := range work.OtherRoutes(routes-3, "{", "}") {
		r.Get(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	}
	r.Get("/things/{id}", getByHand(func(r *http.Request) string { return chi.URLParam(r, "id") }))
	r.Post("/orders", orderByHand)
	r.Post("/hook", hookByHand)
	return r
}
