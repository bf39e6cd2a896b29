//go:build with_json

package main

import "github.com/go-json-experiment/json"

func init() {
	var v struct {
		A int `json:"a"`
	}
	if err := json.Unmarshal([]byte(`{"a":1}`), &v); err != nil {
		panic(err)
	}
	if _, err := json.Marshal(v); err != nil {
		panic(err)
	}
}
