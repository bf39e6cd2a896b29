package binding_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

type paging struct {
	Limit  int    `query:"limit" default:"20" validate:"min=1" doc:"how many"`
	Cursor string `query:"cursor"`
}

type line struct {
	SKU      string `json:"sku" validate:"required"`
	Quantity int    `json:"quantity" validate:"min=1"`
}

type mixed struct {
	ID     string   `path:"id" validate:"required"`
	Expand []string `query:"expand"`
	paging
	Tenant  string          `header:"x-tenant"`
	Session *string         `cookie:"session"`
	Items   []line          `json:"items"`
	Meta    map[string]line `json:"meta,omitzero"`
	Note    string
	Wait    time.Duration `json:"wait" default:"1m"`
	Secret  string        `json:"-"`
}

func TestBindMixed(t *testing.T) {
	src := withJSON(`{"items":[{"sku":"a","quantity":2}],"Note":"hi"}`)
	src.path = map[string]string{"id": "o-1"}
	src.query = "expand=a&expand=b%20c&limit=7&utm=x"
	src.header["X-Tenant"] = []string{"acme"}
	src.header["Cookie"] = []string{`theme=dark; session="s1"`}
	in, err := bind[mixed](t, src)
	wantTold(t, err)
	session := "s1"
	want := mixed{ID: "o-1", Expand: []string{"a", "b c"}, paging: paging{Limit: 7}, Tenant: "acme", Session: &session,
		Items: []line{{"a", 2}}, Note: "hi", Wait: time.Minute}
	if !reflect.DeepEqual(in, want) {
		t.Errorf("bound %+v, want %+v", in, want)
	}
}

func TestViolationsOfMixed(t *testing.T) {
	src := withJSON(`{"items":[{"sku":"a","quantity":0},{"sku":1}],"meta":{"k":{"sku":"","quantity":1}},"wait":"soon","id":"x","Note":3}`)
	src.query = "limit=0&expand=a&cursor=a&cursor=b"
	var in mixed
	err := compileIn[mixed](t).Bind(t.Context(), &in, src, binding.Limits{}, minimum{})
	wantTold(t, err, "malformed",
		"path.id required: is required",
		"query.limit min: must be at least 1",
		"query.cursor duplicate: must be given once",
		"body.items[1].sku type: must be a string",
		"body.meta.k.sku required: is required",
		"body.Note type: must be a string",
		"body.wait type: must be a duration such as 1m30s",
		"body.id unknown: is not known",
	)
}

func TestDirectInput(t *testing.T) {
	in, err := bindDirect[mixed](t, `{"id":"o-1","expand":["a"],"X-Tenant":"acme","session":null,"items":[],"wait":"2s"}`)
	wantTold(t, err)
	want := mixed{ID: "o-1", Expand: []string{"a"}, paging: paging{Limit: 20}, Tenant: "acme", Items: []line{}, Wait: 2 * time.Second}
	if !reflect.DeepEqual(in, want) {
		t.Errorf("bound %+v, want %+v", in, want)
	}
	_, err = bindDirect[mixed](t, `{"id":1,"limit":"x","Tenant":"acme","items":[{"sku":2}]}`)
	wantTold(t, err, "malformed",
		"path.id type: must be a string",
		"query.limit type: must be an integer",
		"body.items[0].sku type: must be a string",
		"body.Tenant unknown: is not known")
}

func TestFields(t *testing.T) {
	var got []string
	for _, f := range compileIn[mixed](t).Fields() {
		got = append(got, f.Go+" "+string(f.Where)+"."+f.Name+" "+f.JSON)
	}
	want := []string{"ID path.id id", "Expand query.expand expand", "paging.Limit query.limit limit", "paging.Cursor query.cursor cursor",
		"Tenant header.X-Tenant X-Tenant", "Session cookie.session session", "Items body.items items", "Meta body.meta meta",
		"Note body.Note Note", "Wait body.wait wait"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("fields\n%q\nwant\n%q", got, want)
	}
	limit := compileIn[mixed](t).Fields()[2]
	if !limit.HasDef || limit.Default != "20" || limit.Rules != "min=1" || limit.Doc != "how many" || limit.Required ||
		!reflect.DeepEqual(limit.Index, []int{2, 0}) || limit.Type != reflect.TypeFor[int]() {
		t.Errorf("limit is %+v", limit)
	}
	if !compileIn[mixed](t).Fields()[0].Required {
		t.Error("ID is not required")
	}
}
