// Package contender has the same service, written with several frameworks.
package contender

import (
	"encoding/json"
	"net/http"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// ByHand is net/http, encoding/json and go-playground/validator: the reference.
func ByHand(routes int) http.Handler {
	mux := http.NewServeMux()
	for _, path := range work.OtherRoutes(routes-3, "{", "}") {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	}
	mux.HandleFunc("GET /things/{id}", getByHand(func(r *http.Request) string { return r.PathValue("id") }))
	mux.HandleFunc("POST /orders", orderByHand)
	mux.HandleFunc("POST /hook", hookByHand)
	return mux
}

func getByHand(id func(*http.Request) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in, err := byhand.ReadGet(id(r), r.URL.Query(), r.Header.Get("X-Tenant"))
		if err != nil {
			refuse(w, err)
			return
		}
		write(w, http.StatusOK, work.Get(in))
	}
}

func orderByHand(w http.ResponseWriter, r *http.Request) {
	in, err := byhand.ReadOrder(json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)))
	if err != nil {
		refuse(w, err)
		return
	}
	write(w, http.StatusOK, work.Post(in))
}

func hookByHand(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		refuse(w, err)
		return
	}
	in, err := byhand.ReadForm(r.PostForm)
	if err != nil {
		refuse(w, err)
		return
	}
	write(w, http.StatusOK, work.Form(in))
}

func refuse(w http.ResponseWriter, err error) {
	p := byhand.NewProblem(err)
	write(w, p.Status, p)
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
