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
	"bytes"
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

// Optional is the file at path, which is empty where it does not exist, or is a
// directory: some tools of other languages keep theirs in one called .env.
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
	if info, err := os.Stat(s.path); s.optional && (errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir()) {
		return nil, nil
	}
	text, err := os.ReadFile(s.path)
	if err != nil {
		return nil, fileError{fmt.Errorf("read the .env file: %w", err)}
	}
	values, err := godotenv.UnmarshalBytes(text)
	if err != nil { // godotenv's own text quotes the line, which may hold a secret
		return nil, fileError{fmt.Errorf("read the .env file: %s:%d is no NAME=value (a value in quotes needs both of them)", s.path, badLine(text))}
	}
	return values, nil
}

// badLine is the line at which godotenv gives up: the one behind the longest beginning
// of the file that it takes.
func badLine(text []byte) int {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for good := len(lines) - 1; good > 0; good-- {
		if _, err := godotenv.UnmarshalBytes(bytes.Join(lines[:good], nil)); err == nil {
			return good + 1
		}
	}
	return 1
}

// fileError is why there is no value of any variable.
type fileError struct{ error }

// OfAllVariables tells package config that the error is not about the variable that
// happened to be looked up first.
func (fileError) OfAllVariables() {}

// Unwrap returns the error.
func (e fileError) Unwrap() error { return e.error }
