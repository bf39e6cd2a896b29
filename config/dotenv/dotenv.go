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
// $NAME and ${NAME} are what stands above in the file under that name, or else in the
// environment; ${NAME:-text} is the text where neither has one. In single quotes nothing is
// expanded, and \$ is a $. A $ that names nothing stays as it is, and [Source.Notes] says
// where: the commands check, dev and serve show it. A byte order mark is passed over.
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
	"slices"
	"sync"

	"github.com/joho/godotenv"
)

// Source is a file as a config.Source. It reads the file at the first lookup.
type Source struct {
	path     string
	optional bool
	read     func() (*content, error)
}

// content is what a file says.
type content struct {
	values map[string]string
	notes  []string
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
	c, err := s.read()
	if err != nil {
		return "", false, err
	}
	value, found = c.values[name]
	return value, found, nil
}

// Notes says, a sentence each, where the file has a $ that could not be expanded and so
// stands for itself: "shop.env:3: KEY has a $ that names nothing which is set …". It shows no
// value. The error is that of Lookup.
func (s *Source) Notes() ([]string, error) {
	c, err := s.read()
	if err != nil {
		return nil, err
	}
	return slices.Clone(c.notes), nil
}

func (s *Source) load() (*content, error) {
	if info, err := os.Stat(s.path); s.optional && (errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir()) {
		return &content{}, nil
	}
	text, err := os.ReadFile(s.path)
	if err != nil {
		return nil, fileError{fmt.Errorf("read the .env file: %w", err)}
	}
	c, err := parse(s.path, text)
	if err != nil {
		return nil, fileError{fmt.Errorf("read the .env file: %w", err)}
	}
	return c, nil
}

// Byte order marks, which some editors begin a file with.
const (
	utf8Mark           = "\xEF\xBB\xBF"
	utf16Big, utf16Low = "\xFE\xFF", "\xFF\xFE"
)

// parse reads the statements one by one. Its errors quote no line, which may hold a secret.
func parse(path string, text []byte) (*content, error) {
	if bytes.HasPrefix(text, []byte(utf16Big)) || bytes.HasPrefix(text, []byte(utf16Low)) {
		return nil, fmt.Errorf("%s is in UTF-16: save it in UTF-8", path)
	}
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, []byte(utf8Mark)), []byte("\r\n"), []byte("\n"))
	c := &content{values: map[string]string{}}
	for in := (&scanner{text, 1}); ; {
		found, ok := in.next()
		if found == nil {
			return c, nil
		}
		if !ok || !c.add(path, found) {
			return nil, fmt.Errorf("%s:%d is no NAME=value (a value in quotes needs both of them)", path, found.line)
		}
	}
}

// add has godotenv read a statement, and expands the value. It reports whether it is one.
func (c *content) add(path string, s *statement) bool {
	text, references := takeOut(s)
	read, err := godotenv.Unmarshal(text)
	if err != nil {
		return false
	}
	for name, value := range read { // which is one
		expanded, unknown := references.putIn(value, c.lookup)
		c.values[name] = expanded
		if unknown > 0 {
			c.notes = append(c.notes, note(path, s.line, name, unknown))
		}
	}
	return true
}

// lookup is what a name stands for behind a $: what stands above it, or the environment.
func (c *content) lookup(name string) (string, bool) {
	if value, found := c.values[name]; found {
		return value, true
	}
	return os.LookupEnv(name)
}

// fileError is why there is no value of any variable.
type fileError struct{ error }

// OfAllVariables tells package config that the error is not about the variable that
// happened to be looked up first.
func (fileError) OfAllVariables() {}

// Unwrap returns the error.
func (e fileError) Unwrap() error { return e.error }
