package work

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
)

// Takes reports whether the status is right. An input that breaks rules may be
// answered 422 or 400, as each framework does.
func (r Request) Takes(status int) bool {
	return status == r.Status || r.Status == http.StatusUnprocessableEntity && status == http.StatusBadRequest
}

// Check says what is wrong with an answer.
func (r Request) Check(status int, body []byte) error {
	if !r.Takes(status) {
		return fmt.Errorf("%s: status %d, want %d: %s", r.Name, status, r.Status, body)
	}
	for _, field := range r.Mentions {
		if !strings.Contains(strings.ToLower(string(body)), field) {
			return fmt.Errorf("%s: the field %s is not named in %s", r.Name, field, body)
		}
	}
	if r.Want == "" {
		return nil
	}
	return sameJSON(r.Name, body, r.Want)
}

func sameJSON(name string, body []byte, text string) error {
	var got, want any
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		return err
	}
	if err := json.Unmarshal(body, &got); err != nil {
		return fmt.Errorf("%s: %w in %s", name, err, body)
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Errorf("%s: got %s, want %s", name, body, text)
	}
	return nil
}
