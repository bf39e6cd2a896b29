package suggest_test

import (
	"testing"

	"github.com/anygrain/anygrain/fn/internal/suggest"
)

func TestName(t *testing.T) {
	names := []string{"orders.get", "orders.create", "chat.*"}
	for wrong, want := range map[string]string{
		"orders.gte": ", did you mean orders.get?",
		"order.get":  ", did you mean orders.get?",
		"orders.ge":  ", did you mean orders.get?",
		"chat.x":     ", did you mean chat.*?",
		"prices.get": "",
		"":           "",
	} {
		if got := suggest.Name(wrong, names); got != want {
			t.Errorf("%q: got %q, want %q", wrong, got, want)
		}
	}
}
