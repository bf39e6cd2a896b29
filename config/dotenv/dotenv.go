// Package dotenv reads .env files: lines of NAME=value, in the syntax of
// github.com/joho/godotenv, with comments, quotes, export and ${NAME}.
//
//	package main
//
//	import (
//		"context"
//		"fmt"
//		"os"
//
//		"github.com/anygrain/anygrain/config"
//		"github.com/anygrain/anygrain/config/dotenv"
//	)
//
//	type Config struct {
//		StoreURL string `env:"STORE_URL" validate:"required,url"`
//	}
//
//	func main() {
//		sources := config.From(config.Env(), dotenv.File("shop.env"))
//		cfg, err := config.Load[Config](context.Background(), sources)
//		if err != nil {
//			fmt.Fprintln(os.Stderr, err)
//			os.Exit(1)
//		}
//		fmt.Println(cfg.StoreURL)
//	}
//
// It is a package of its own because its library compiles patterns when a program
// starts, which is a cold start's time for something that no Lambda function has:
// programs built with the tag lambda read a file only where they ask for one here.
package dotenv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/joho/godotenv"
)

// Source is a file as a config.Source. It reads the file at the first lookup.
type Source struct {
	path     string
	optional bool
	read     func() (map[string]string, error)
}

// File is the file at path. A file that does not exist is an error of the lookup.
func File(path string) *Source { return newSource(path, false) }

// Optional is the file at path, which is empty where it does not exist.
func Optional(path string) *Source { return newSource(path, true) }

func newSource(path string, optional bool) *Source {
	s := &Source{path: path, optional: optional}
	s.read = sync.OnceValues(s.load)
	return s
}

// Lookup returns the value of the variable, and whether the file has one. An error
// says that the file could not be read; it shows no line of it.
func (s *Source) Lookup(_ context.Context, name string) (value string, found bool, err error) {
	values, err := s.read()
	value, found = values[name]
	return value, found, err
}

func (s *Source) load() (map[string]string, error) {
	f, err := os.Open(s.path)
	if s.optional && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the .env file: %w", err)
	}
	defer func() { _ = f.Close() }()
	values, err := godotenv.Parse(f)
	if err != nil { // godotenv's own text quotes the line, which may hold a secret
		return nil, fmt.Errorf("read the .env file: %s is not a list of NAME=value lines", s.path)
	}
	return values, nil
}
