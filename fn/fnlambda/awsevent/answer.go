package awsevent

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// answer is a function's response before it is HTTP.
type answer struct {
	format  Format
	status  int
	single  fields
	multi   fields
	cookies []string
	body    []byte
	base64  bool
}

// Front doors are no strict readers of JSON.
var lenient = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// read decodes the payload, as strictly as the format is.
func (a *answer) read(payload []byte) error {
	if len(payload) > a.format.limit() {
		return fmt.Errorf("it has %d bytes, %d are taken", len(payload), a.format.limit())
	}
	value := jsontext.Value(payload)
	if !value.IsValid(lenient) {
		return errors.New("it is no JSON")
	}
	var members map[string]jsontext.Value
	if value.Kind() == '{' {
		if err := json.Unmarshal(payload, &members, lenient); err != nil {
			return err
		}
	}
	if a.payload2() && absent(members["statusCode"]) {
		return a.infer(value)
	}
	if members == nil {
		return errors.New("it is no JSON object")
	}
	return a.take(members)
}

func (a *answer) payload2() bool { return a.format == HTTPAPI || a.format == FunctionURL }

// infer makes a 200 of a result that has no statusCode: the whole is the body,
// of a JSON string its text.
func (a *answer) infer(value jsontext.Value) error {
	a.status, a.body = 200, bytes.Clone(value)
	a.single = fields{{"Content-Type", []string{"application/json"}}}
	if value.Kind() == '"' {
		var text string
		err := json.Unmarshal(value, &text, lenient)
		a.body = []byte(text)
		return err
	}
	return nil
}

// take reads the members that the format knows.
func (a *answer) take(members map[string]jsontext.Value) error {
	if err := a.checkMembers(members); err != nil {
		return err
	}
	for _, read := range []func(map[string]jsontext.Value) error{a.takeStatus, a.takeHeaders, a.takeBody} {
		if err := read(members); err != nil {
			return err
		}
	}
	return nil
}

// checkMembers: a REST API takes no member that it does not know (seen:
// "Malformed Lambda proxy response").
func (a *answer) checkMembers(members map[string]jsontext.Value) error {
	if a.format != REST {
		return nil
	}
	known := []string{"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if !slices.Contains(known, name) {
			return fmt.Errorf("it has the member %q; those that are taken are %q", name, known)
		}
	}
	return nil
}

// takeStatus: REST APIs take no statusCode for 200, API Gateway and function
// URLs one in quotes.
func (a *answer) takeStatus(members map[string]jsontext.Value) error {
	value := members["statusCode"]
	switch {
	case absent(value) && a.format == REST:
		a.status = 200
		return nil
	case absent(value):
		return errors.New("it has no statusCode")
	}
	text := string(value)
	if value.Kind() == '"' && !a.format.alb() {
		text = strings.Trim(text, `"`)
	}
	status, err := strconv.Atoi(text)
	if err != nil || status < 100 || status > 599 {
		return errors.New("its statusCode is no number from 100 to 599")
	}
	a.status = status
	return a.checkDescription(members["statusDescription"])
}

// checkDescription: a load balancer wants the code and the phrase, "200 OK".
func (a *answer) checkDescription(value jsontext.Value) error {
	if !a.format.alb() || absent(value) {
		return nil
	}
	var text string
	if err := json.Unmarshal(value, &text, lenient); err != nil || !strings.HasPrefix(text, strconv.Itoa(a.status)+" ") {
		return fmt.Errorf("its statusDescription is not of the form %q with the statusCode in front", "200 OK")
	}
	return nil
}

// takeHeaders: a load balancer looks at one of the two forms alone, payload 2.0
// knows single values and cookies.
func (a *answer) takeHeaders(members map[string]jsontext.Value) error {
	var single, multi, list error
	if a.format != ALBMulti {
		single = a.single.read("headers", members["headers"], false)
	} else if absent(members["multiValueHeaders"]) {
		return errors.New("it has no multiValueHeaders, which a target with lambda.multi_value_headers.enabled wants")
	}
	if a.payload2() {
		list = a.takeCookies(members["cookies"])
	} else if a.format != ALB {
		multi = a.multi.read("multiValueHeaders", members["multiValueHeaders"], true)
	}
	return errors.Join(single, multi, list)
}

func (a *answer) takeCookies(value jsontext.Value) error {
	if absent(value) {
		return nil
	}
	if err := json.Unmarshal(value, &a.cookies, lenient); err != nil {
		return errors.New("its cookies are no array of strings")
	}
	return nil
}

func (a *answer) takeBody(members map[string]jsontext.Value) error {
	var text string
	if value := members["body"]; !absent(value) {
		if err := json.Unmarshal(value, &text, lenient); err != nil {
			return errors.New("its body is no string")
		}
	}
	if value := members["isBase64Encoded"]; !absent(value) {
		if err := json.Unmarshal(value, &a.base64, lenient); err != nil {
			return errors.New("its isBase64Encoded is no true or false")
		}
	}
	a.body = []byte(text)
	if !a.base64 {
		return nil
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return errors.New("its body is no base64, as isBase64Encoded says")
	}
	a.body = data
	return nil
}

func absent(value jsontext.Value) bool { return len(value) == 0 || value.Kind() == 'n' }
