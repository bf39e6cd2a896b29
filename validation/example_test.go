package validation_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/validation"
)

type line struct {
	SKU      string `validate:"sku"`
	Quantity int    `validate:"min=1"`
}

func isSKU(_ context.Context, field reflect.Value, _ string) bool {
	return strings.HasPrefix(field.String(), "SKU-")
}

func ExampleRule() {
	rules, err := binding.Rules(validation.Rule{Name: "sku", Valid: isSKU, Message: "must be a known SKU"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range rules.Struct(context.Background(), &line{SKU: "tea"}) {
		fmt.Println(f.Path, f.Message)
	}
	// Output:
	// SKU must be a known SKU
	// Quantity must be at least 1
}

// ranged has a method that says what is wrong with it, which is all that checking asks.
type ranged interface {
	Wrong() (field, message string)
}

type checking struct{}

func (checking) Check(reflect.Type) []validation.Problem { return nil }

func (checking) Struct(_ context.Context, v any) []validation.Failure {
	r, ok := v.(ranged)
	if !ok {
		return nil
	}
	if field, message := r.Wrong(); field != "" {
		return []validation.Failure{{Path: field, Rule: "range", Message: message}}
	}
	return nil
}

type limits struct {
	Least int `env:"LEAST"`
	Most  int `env:"MOST"`
}

func (l *limits) Wrong() (field, message string) {
	if l.Least > l.Most {
		return "Least", "must be at most MOST"
	}
	return "", ""
}

// A Validator of an app's own, for a config.
func ExampleValidator() {
	_, err := config.Load[limits](context.Background(), config.From(config.Map{"LEAST": "7", "MOST": "3"}), config.ValidateWith(checking{}))
	fmt.Println(err)
	// Output:
	// 1 problem in the config:
	//   LEAST  integer  must be at most MOST
	// Set them in the environment, or in .env on your machine; the command "config" lists all.
}
