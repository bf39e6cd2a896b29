// Package chat answers a chat service's webhook, which posts forms.
package chat

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/examples/quickstart/ordersapi"
	"github.com/anygrain/anygrain/fn"
)

// Config is the group's section: no other unit needs the secret.
type Config struct {
	Secret config.Secret `env:"CHAT_SECRET" envDefault:"local-only" doc:"what the chat service signs its requests with"`
}

// Service answers the group's functions.
type Service struct {
	secret config.Secret
	now    func() time.Time
}

// New returns a service that takes requests signed with the secret.
func New(secret config.Secret, now func() time.Time) *Service {
	return &Service{secret: secret, now: now}
}

// Functions lists the functions of the group.
func (s *Service) Functions() []fn.Function {
	return []fn.Function{
		// A webhook's sender adds fields when it likes, so unknown ones pass.
		fn.New("chat.command", s.Command, fn.Route("POST /chat/command"), fn.AllowUnknown(), fn.BodyLimit(16<<10),
			fn.Use(s.signed), fn.Needs(ordersapi.Price)),
	}
}

// CommandInput is a slash command as chat services post it.
type CommandInput struct {
	User    string `form:"user_name" validate:"required,max=80"`
	Command string `form:"command"   validate:"required,startswith=/"`
	Text    string `form:"text"      validate:"max=2000"`
}

// CommandOutput is the message that the chat service shows.
type CommandOutput struct {
	ResponseType string `json:"response_type"`
	Text         string `json:"text"`
}

// Command runs a slash command.
func (s *Service) Command(ctx context.Context, in CommandInput) (CommandOutput, error) {
	switch in.Command {
	case "/hello":
		return CommandOutput{"in_channel", fmt.Sprintf("Hello %s!", in.User)}, nil
	case "/shout":
		return CommandOutput{"in_channel", strings.ToUpper(in.Text)}, nil
	case "/price":
		return price(ctx, in.Text)
	}
	return CommandOutput{"ephemeral", "I know /hello, /shout and /price."}, nil
}

// price asks the group orders, wherever it runs.
func price(ctx context.Context, sku string) (CommandOutput, error) {
	out, err := ordersapi.Price.Call(ctx, ordersapi.PriceInput{Items: []ordersapi.Item{{SKU: sku, Quantity: 1}}})
	if fn.CodeOf(err) == fn.FailedPrecondition {
		return CommandOutput{"ephemeral", "There is no " + sku + "."}, nil
	}
	if err != nil {
		return CommandOutput{}, err
	}
	return CommandOutput{"in_channel", fmt.Sprintf("%s costs %d.%02d %s.", sku, out.Cents/100, out.Cents%100, out.Currency)}, nil
}
