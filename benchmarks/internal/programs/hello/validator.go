//go:build with_validator

package main

import "github.com/go-playground/validator/v10"

func init() {
	v := struct {
		A int `validate:"min=1"`
	}{1}
	if err := validator.New().Struct(v); err != nil {
		panic(err)
	}
}
