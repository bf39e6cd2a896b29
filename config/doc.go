// Package config fills a struct from defaults, a .env file and the environment.
//
//	package main
//
//	import (
//		"context"
//		"fmt"
//		"os"
//		"time"
//
//		"github.com/anygrain/anygrain/config"
//	)
//
//	type Config struct {
//		StoreURL string        `env:"STORE_URL" validate:"required,url" doc:"where orders are kept"`
//		Timeout  time.Duration `env:"TIMEOUT"   envDefault:"2s" validate:"min=10ms"`
//		APIKey   config.Secret `env:"API_KEY"   validate:"required"`
//	}
//
//	func main() {
//		cfg, err := config.Load[Config](context.Background())
//		if err != nil {
//			fmt.Fprintln(os.Stderr, err)
//			os.Exit(1)
//		}
//		fmt.Println(cfg.StoreURL, cfg.APIKey) // the key prints as [secret]
//	}
//
// Everything that is missing or invalid is in one error; it names the
// variables and never shows a value:
//
//	2 problems in the config:
//	  STORE_URL  text    is missing
//	  API_KEY    secret  is missing
//	Set them in the environment, or in .env on your machine; the command "config" lists all.
//
// A variable that is not set, or is empty, breaks no rule but required: it keeps the
// default, or the zero value. With required, zero counts as missing. What is wrong with the
// type itself, a default that breaks its own rule for one, is an error whatever the
// variables are. A default that depends on other variables, the machine or the day is
// judged when it is used. An empty one is none.
//
// The tags env, envDefault and envPrefix are those of github.com/caarlos0/env, with its
// options; validate is that of inputs (package binding), whose rules and words are the same.
// Fields can be strings, numbers, booleans, durations, URLs, whatever has an UnmarshalText
// method, and slices, maps and pointers of those; structs group variables under a prefix. A
// time.Time has the form that inputs have in JSON, RFC 3339 with T and Z in either case.
//
// Lists are "a, b" and maps "k: v, l: w": spaces around a part, a key or a value do not
// count, nor does an empty last part; an empty one elsewhere is an error, and so is an
// empty key. The tags envSeparator and envKeyValSeparator name other separators than ","
// and ":". Bytes ([]byte, [32]byte, named or not) are the text as it stands. Of a file that
// the option "file" of an env tag reads, one newline at the end is taken off ("\n" or "\r\n").
//
// A type of fields that has to know which variable it stands for, a table or a bucket, is
// [Declared]: Load tells it, set or not. Such a field is required by nature, and
// env:"IMAGES_BUCKET,optional" says otherwise.
//
// [LoadAll] fills several configs in one go, that of an app and the sections of its groups,
// and says what is missing in any of them in one error.
//
// A [Source] is where values come from: the process environment, a file, a map
// in a test, a store of parameters. Only [Env] reads the process environment.
package config
