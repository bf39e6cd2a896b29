// Outside is a shop in a module of its own, with what its authors added to the framework: topics
// (package topic), an audit (package audit) and a host of lines (package lines).
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"example.com/outside/audit"
	"example.com/outside/lines"
	"example.com/outside/topic"
	"github.com/anygrain/anygrain/fn"
)

// Config is the app's: where it notes what it did.
type Config struct {
	Audit topic.Topic[audit.Entry] `env:"AUDIT_TOPIC" envDefault:"audit"`
}

// Section is that of the group shop.
type Section struct {
	Orders topic.Topic[Order] `env:"ORDERS_TOPIC" envDefault:"orders"`
}

// Order is a message.
type Order struct {
	SKU   string `json:"sku" validate:"required"`
	Count int    `json:"count" validate:"min=1"`
}

// Sold says how often something was ordered.
type Sold struct {
	Count int `json:"count"`
}

type shop struct{ sold map[string]int }

func (s shop) order(_ context.Context, in Order) error {
	s.sold[in.SKU] += in.Count
	return nil
}

func (s shop) count(_ context.Context, in struct {
	SKU string `json:"sku"`
}) (Sold, error) {
	return Sold{s.sold[in.SKU]}, nil
}

func newShop(_ context.Context, _ Config, own Section) ([]fn.Function, error) {
	s := shop{map[string]int{}} // the host runs one line at a time
	return []fn.Function{
		fn.New("shop.order", fn.NoReply(s.order), fn.On(own.Orders.Messages()), fn.Annotate(audit.Full)),
		fn.New("shop.sold", s.count, fn.Annotate(audit.Off)),
	}, nil
}

func newApp(publish func(ctx context.Context, topic string, e audit.Entry) error) *fn.App[Config] {
	app := fn.NewApp[Config]("outside")
	app.Configure(func(_ context.Context, cfg Config) ([]fn.AppOption, error) {
		return audit.To(cfg.Audit, publish), nil
	})
	fn.AddGroup(app, "shop", newShop)
	return app
}

// toStderr stands for a client of topics.
func toStderr(_ context.Context, topic string, e audit.Entry) error {
	fmt.Fprintf(os.Stderr, "%s: ", topic)
	return json.NewEncoder(os.Stderr).Encode(e)
}

func main() {
	if err := lines.Serve(context.Background(), newApp(toStderr), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
