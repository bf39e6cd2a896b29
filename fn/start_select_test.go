package fn_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestASelectorThatMatchesNothingListsWhatThereIs(t *testing.T) {
	tests := map[string][]string{
		"orders.gett": {`"orders.gett"`, "orders.get, orders.list, chat.*"},
		"nobody.*":    {`"nobody.*"`, "orders.*, chat.*"},
		"orders":      {`"orders"`, "orders.get"},
		// A star stands for a whole group, and for nothing less.
		"ord*":              {`"ord*"`, "orders.*, chat.*"},
		"orders*":           {`"orders*"`, "orders.*, chat.*"},
		"orders.g*":         {`"orders.g*"`, "orders.get, orders.list, chat.*"},
		"*.get":             {`"*.get"`, "orders.*, chat.*"},
		"orders.*,ord*":     {`"ord*"`, "orders.get, orders.list, chat.*"},
		"orders.get,chat.r": {`"chat.r"`, "orders.get, orders.list, chat.reply"},
	}
	for selector, want := range tests {
		t.Run(selector, func(t *testing.T) {
			_, err := (&recorder{}).app().Start(t.Context(), store, fn.Select(selector))
			var selection *fn.SelectError
			if !errors.As(err, &selection) {
				t.Fatalf("got %v", err)
			}
			for _, part := range want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
		})
	}
}
