// Package orders keeps the shop's orders, in memory and by tenant.
package orders

import (
	"context"
	"fmt"
	"sync"

	"github.com/anygrain/anygrain/examples/quickstart/ordersapi"
	"github.com/anygrain/anygrain/examples/quickstart/stock"
	"github.com/anygrain/anygrain/fn"
)

// Order is what a tenant ordered.
type Order struct {
	ID       string           `json:"id"`
	Currency string           `json:"currency"`
	Cents    int              `json:"cents"`
	Items    []ordersapi.Item `json:"items"`
}

// Service answers the group's functions.
type Service struct {
	currency string

	mu     sync.Mutex
	last   int
	orders map[string]map[string]Order // by tenant and id
}

// New returns a store without orders.
func New(currency string) *Service {
	return &Service{currency: currency, orders: map[string]map[string]Order{}}
}

// Functions lists the functions of the group.
func (s *Service) Functions() []fn.Function {
	return []fn.Function{
		fn.New("orders.create", s.Create, fn.Route("POST /orders", fn.Status(201))),
		fn.New("orders.get", s.Get, fn.Route("GET /orders/{id}")),
		fn.New("orders.cancel", s.Cancel, fn.Route("DELETE /orders/{id}")),
		ordersapi.Price.With(s.Price),
	}
}

// Tenancy is embedded in every input that belongs to a tenant.
type Tenancy struct {
	Tenant string `header:"X-Tenant" validate:"required,max=40"`
}

// CreateInput is a new order.
type CreateInput struct {
	Tenancy
	Items []ordersapi.Item `json:"items" validate:"min=1,max=50,dive"`
}

// CreateOutput is the order and where it is found.
type CreateOutput struct {
	Location string `header:"Location"`
	Order
}

// Create stores an order.
func (s *Service) Create(ctx context.Context, in CreateInput) (CreateOutput, error) {
	total, err := s.Price(ctx, ordersapi.PriceInput{Items: in.Items})
	if err != nil {
		return CreateOutput{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	order := Order{ID: fmt.Sprintf("o-%d", s.last), Currency: s.currency, Cents: total.Cents, Items: in.Items}
	if s.orders[in.Tenant] == nil {
		s.orders[in.Tenant] = map[string]Order{}
	}
	s.orders[in.Tenant][order.ID] = order
	return CreateOutput{Location: "/orders/" + order.ID, Order: order}, nil
}

// GetInput names an order of a tenant.
type GetInput struct {
	Tenancy
	ID string `path:"id" validate:"required,startswith=o-"`
}

// Get returns an order.
func (s *Service) Get(_ context.Context, in GetInput) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	order, ok := s.orders[in.Tenant][in.ID]
	if !ok {
		return Order{}, fn.Errorf(fn.NotFound, "order %s does not exist", in.ID)
	}
	return order, nil
}

// Cancel removes an order.
func (s *Service) Cancel(ctx context.Context, in GetInput) (struct{}, error) {
	if _, err := s.Get(ctx, in); err != nil {
		return struct{}{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.orders[in.Tenant], in.ID)
	return struct{}{}, nil
}

// Price adds up what the items cost.
func (s *Service) Price(_ context.Context, in ordersapi.PriceInput) (ordersapi.PriceOutput, error) {
	out := ordersapi.PriceOutput{Currency: s.currency}
	for _, item := range in.Items {
		product, ok := stock.Find(item.SKU)
		if !ok {
			return ordersapi.PriceOutput{}, fn.Errorf(fn.FailedPrecondition, "there is no product %q to order", item.SKU)
		}
		out.Cents += item.Quantity * product.Cents
	}
	return out, nil
}
