package model_test

import (
	"reflect"
	"sync"
	"testing"

	"github.com/anygrain/anygrain/internal/model"
)

// Functions that are used first at the same time share the models of their types.
func TestManyAskForAModelAtATime(t *testing.T) {
	type in struct {
		Tree tree `json:"tree"`
	}
	models := make([]*model.Model, 16)
	var group sync.WaitGroup
	for i := range models {
		group.Go(func() { models[i], _ = model.Input(reflect.TypeFor[in]()) })
	}
	group.Wait()
	for i, m := range models {
		if m != models[0] {
			t.Errorf("caller %d got a model of its own", i)
		}
	}
}

func TestProblemsBelongToWhoAsks(t *testing.T) {
	typ := reflect.TypeFor[struct {
		A chan int `json:"a"`
	}]()
	_, first := model.Input(typ)
	if len(first) != 1 {
		t.Fatalf("got %v", first)
	}
	first[0].Message = "changed"
	if _, second := model.Input(typ); len(second) != 1 || second[0].Message == "changed" {
		t.Errorf("another caller got %v", second)
	}
}
