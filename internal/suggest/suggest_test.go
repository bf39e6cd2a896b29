package suggest_test

import (
	"testing"

	"github.com/anygrain/anygrain/internal/suggest"
)

func TestName(t *testing.T) {
	names := []string{"orders.get", "orders.create", "orders.set", "chat.*"}
	for wrong, want := range map[string]string{
		"orders.gte": ", did you mean orders.get?",
		"order.get":  ", did you mean orders.get?",
		"orders.ge":  ", did you mean orders.get?",
		"chat.x":     ", did you mean chat.*?",
		"prices.get": "",
		// Three letters are too many, wherever they are.
		"orders.gxyz":   "",
		"xxxorders.get": "",
		"xxorders.get":  ", did you mean orders.get?",
		"chats.*":       ", did you mean chat.*?",
		// Letters that changed places are one mistake.
		"ordres.gte": ", did you mean orders.get?",
		// The first of those that are equally like it.
		"orders.bet": ", did you mean orders.get?",
		"":           "",
	} {
		if got := suggest.Name(wrong, names); got != want {
			t.Errorf("%q: got %q, want %q", wrong, got, want)
		}
	}
}
