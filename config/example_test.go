package config_test

import (
	"context"
	"fmt"
	"time"

	"github.com/anygrain/anygrain/config"
)

type serviceConfig struct {
	StoreURL string        `env:"STORE_URL" validate:"required,url" doc:"where orders are kept"`
	Timeout  time.Duration `env:"TIMEOUT"   envDefault:"2s"`
	APIKey   config.Secret `env:"API_KEY"   validate:"required"`
}

// How does a test load a config without touching the environment?
func ExampleLoad() {
	values := config.Map{"STORE_URL": "https://store.example", "API_KEY": "hunter22"}
	cfg, err := config.Load[serviceConfig](context.Background(), config.From(values))
	fmt.Println(cfg.StoreURL, cfg.Timeout, cfg.APIKey, err)
	// Output:
	// https://store.example 2s [secret] <nil>
}

// What does the error look like when several things are wrong?
func ExampleError() {
	_, err := config.Load[serviceConfig](context.Background(), config.From(config.Map{"TIMEOUT": "soon"}))
	fmt.Println(err)
	// Output:
	// 3 problems in the config:
	//   STORE_URL  text      is missing
	//   TIMEOUT    duration  cannot be read as a duration such as "1m30s"
	//   API_KEY    secret    is missing
	// Set them in the environment, or in .env on your machine; the command "config" lists all.
}

// What does an app read?
func ExampleDescribe() {
	variables, _ := config.Describe[serviceConfig]()
	for _, v := range variables {
		fmt.Println(v.Name, v.Type, v.Default, v.Required)
	}
	// Output:
	// STORE_URL text  true
	// TIMEOUT duration 2s false
	// API_KEY secret  true
}

// How is a secret used, and what happens when it is printed by mistake?
func ExampleSecret() {
	key := config.NewSecret("hunter22")
	fmt.Println(key)
	fmt.Printf("%+v %q %#v\n", key, key, key)
	fmt.Println(len(key.Reveal()))
	// Output:
	// [secret]
	// [secret] [secret] [secret]
	// 8
}
