package model_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/internal/model"
)

type Paging struct {
	Cursor string `query:"cursor"`
}

type tree struct {
	Name  string           `json:"name" validate:"required"`
	Trees []tree           `json:"trees,omitempty"`
	By    map[int]*tree    `json:"by,omitzero"`
	When  time.Time        `json:"when"`
	Wait  [2]time.Duration `json:"-"`
}

type listInput struct {
	Paging
	Limit int8  `query:"limit" default:"20" validate:"min=1" doc:"how many"`
	Tree  *tree `json:"tree"`
}

func input(t *testing.T, typ reflect.Type) *model.Model {
	t.Helper()
	m, problems := model.Input(typ)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

func TestAModelIsData(t *testing.T) {
	a, b := input(t, reflect.TypeFor[listInput]()), input(t, reflect.TypeFor[listInput]())
	if !a.Equal(b) {
		t.Error("two models of one type differ")
	}
	type listInput struct { // of another shape
		Paging
		Limit int16 `query:"limit" default:"20" validate:"min=1" doc:"how many"`
		Tree  *tree `json:"tree"`
	}
	if a.Equal(input(t, reflect.TypeFor[listInput]())) {
		t.Error("models of integers with 8 and 16 bits are equal")
	}
	want := []string{"Paging.Cursor query.cursor", "Limit query.limit 20", "Tree body.tree"}
	for i, f := range a.Fields {
		got := strings.TrimSpace(f.Go + " " + string(f.Place) + "." + f.Name + " " + f.Default)
		if got != want[i] {
			t.Errorf("field %d is %q, want %q", i, got, want[i])
		}
	}
}

func TestATypeIsMadeOfItselfByReference(t *testing.T) {
	m := input(t, reflect.TypeFor[listInput]())
	pointer := m.Fields[2].Type
	r := m.Indirect(pointer)
	if m.Type(pointer).Read != model.Pointer || m.Type(r).Read != model.Struct {
		t.Fatalf("got %+v", m.Type(pointer))
	}
	trees := m.MemberByJSON(r, "trees")
	if trees == nil || !trees.OmitEmpty || m.Type(trees.Type).Elem != r {
		t.Errorf("the list of trees is %+v", trees)
	}
	by := m.MemberByGo(r, "By")
	if by == nil || m.Type(m.Type(by.Type).Key).Read != model.Int || m.Indirect(m.Type(by.Type).Elem) != r {
		t.Errorf("the map of trees is %+v", by)
	}
	if wait := m.MemberByGo(r, "Wait"); wait == nil || !wait.Excluded || wait.Type != model.None {
		t.Errorf("what is excluded is %+v", wait)
	}
	if when := m.MemberByGo(r, "When"); when == nil || m.Type(when.Type).Read != model.Time {
		t.Errorf("the time is %+v", when)
	}
}

func TestABodyAndAMemberOfOneNameAreBothTold(t *testing.T) {
	_, problems := model.Output(reflect.TypeFor[struct {
		A string
		B []int `body:"" json:"A"`
		//lint:ignore SA5008 the mistake is what is tested
		C []int `body:"c" json:"'"`
	}]())
	var told []string
	for _, p := range problems {
		told = append(told, p.Message)
	}
	for _, want := range []string{`is called "A" in JSON, as is A`, `cannot be called "'" in the JSON of direct invokes`} {
		if !strings.Contains(strings.Join(told, "\n"), want) {
			t.Errorf("got %q, want one with %s", told, want)
		}
	}
}
