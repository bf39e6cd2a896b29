package fntest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/randomapp"
	"github.com/anygrain/anygrain/internal/randomreq"
)

// TestDifferencesOfThePastStayAway runs the trials that once found a difference.
func TestDifferencesOfThePastStayAway(t *testing.T) {
	paths, err := filepath.Glob("testdata/equivalence/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file in testdata/equivalence: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			c, err := parseTrial(text)
			if err != nil {
				t.Fatal(err)
			}
			compared, _, found := c.run(HostNames())
			if found != nil {
				t.Error(found)
			}
			if compared == 0 {
				t.Error("no answer was compared")
			}
		})
	}
}

// stored is a request as it stands in a file: a body is text where it can be.
type stored struct {
	Function string            `json:"function,omitzero"`
	Method   string            `json:"method,omitzero"`
	Target   string            `json:"target,omitzero"`
	Header   []randomreq.Field `json:"header,omitempty"`
	Body     string            `json:"body,omitzero"`
	Base64   []byte            `json:"base64,omitempty"`
}

// String returns the trial as a txtar archive.
func (c trial) String() string {
	requests := make([]stored, len(c.requests))
	for i, r := range c.requests {
		requests[i] = stored{Function: r.Function, Method: r.Method, Target: r.Target, Header: r.Header}
		if utf8.Valid(r.Body) {
			requests[i].Body = string(r.Body)
		} else {
			requests[i].Base64 = r.Body
		}
	}
	archive := "What was wrong.\n"
	for _, f := range []struct {
		name string
		v    any
	}{{"app.json", c.app}, {"requests.json", requests}} {
		text, err := json.Marshal(f.v, jsontext.WithIndent("  "), jsontext.SpaceAfterColon(true))
		if err != nil {
			return err.Error()
		}
		archive += fmt.Sprintf("-- %s --\n%s\n", f.name, text)
	}
	return archive
}

func parseTrial(text []byte) (trial, error) {
	_, files, _ := strings.Cut(string(text), "-- app.json --\n")
	first, second, ok := strings.Cut(files, "-- requests.json --\n")
	if !ok {
		return trial{}, errors.New("a trial needs the sections app.json and requests.json, in this order")
	}
	var app randomapp.App
	var requests []stored
	err := errors.Join(
		json.Unmarshal([]byte(first), &app, json.RejectUnknownMembers(true)),
		json.Unmarshal([]byte(second), &requests, json.RejectUnknownMembers(true)),
	)
	if err != nil {
		return trial{}, err
	}
	c := trial{app: app}
	for _, r := range requests {
		body := append([]byte(r.Body), r.Base64...)
		c.requests = append(c.requests, randomreq.Request{Function: r.Function, Method: r.Method, Target: r.Target, Header: r.Header, Body: body})
	}
	return c, nil
}
