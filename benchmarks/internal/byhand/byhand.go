// Package byhand reads and checks the workloads with the standard library and
// go-playground/validator, as every contender does that brings nothing for it.
package byhand

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"

	"github.com/go-playground/validator/v10"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Validate is go-playground/validator as every contender that brings none uses it.
var Validate = validator.New(validator.WithRequiredStructEnabled())

// Problem is the error of contenders that have none of their own.
type Problem struct {
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Errors []string `json:"errors"`
}

// NewProblem lists what validator found, or says that the request cannot be read.
func NewProblem(err error) Problem {
	var broken validator.ValidationErrors
	if !errors.As(err, &broken) {
		return Problem{"Bad Request", 400, []string{err.Error()}}
	}
	p := Problem{"Unprocessable Content", 422, make([]string, len(broken))}
	for i, f := range broken {
		p.Errors[i] = f.Namespace() + " breaks the rule " + f.Tag()
	}
	return p
}

// ReadGet reads the workload get by hand.
func ReadGet(id string, query url.Values, tenant string) (work.GetInput, error) {
	in := work.GetInput{ID: id, Tags: query["tag"], Limit: 20, Tenant: tenant}
	if text := query.Get("limit"); text != "" {
		var err error
		if in.Limit, err = strconv.Atoi(text); err != nil {
			return in, err
		}
	}
	return in, Validate.Struct(in)
}

// ReadOrder reads the workloads post by hand.
func ReadOrder(decoder *json.Decoder) (work.Order, error) {
	var in work.Order
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return in, err
	}
	return in, Validate.Struct(in)
}

// ReadForm reads the workload form by hand.
func ReadForm(form url.Values) (work.Hook, error) {
	in := work.Hook{Token: form.Get("token"), User: form.Get("user_name"), Command: form.Get("command"), Text: form.Get("text")}
	return in, Validate.Struct(in)
}
