package funcname_test

import (
	"slices"
	"testing"

	"github.com/anygrain/anygrain/internal/funcname"
)

func TestNamesOfFunctionsAndGroups(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct{ function, group bool }{
		"orders.get": {true, false}, "a.b": {true, false}, "a_1.getByID-v2": {true, false}, "orders": {false, true}, "a1_": {false, true},
		"": {}, ".": {}, "orders.": {}, ".get": {}, "Orders.get": {}, "orders.get.all": {}, "orders.1": {}, "orders._": {}, "1.a": {}, "_a": {}, "1a": {},
		"or-ders": {}, "orders get": {}, "ördérs.get": {}, "orders.gét": {}, "orders.*": {}, "*": {},
	} {
		if got := funcname.IsFunction(name); got != want.function {
			t.Errorf("%q is the name of a function: %v, want %v", name, got, want.function)
		}
		if got := funcname.IsGroup(name); got != want.group {
			t.Errorf("%q is the name of a group: %v, want %v", name, got, want.group)
		}
	}
}

func TestSelectors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		selector, function string
		want               bool
	}{
		{"*", "orders.get", true}, {"orders.*", "orders.get", true}, {"orders.get", "orders.get", true},
		{"orders.*", "ordersold.get", false}, {"orders.get", "orders.getall", false}, {"orders", "orders.get", false},
		{"ord*", "orders.get", false}, {"orders.g*", "orders.get", false}, {"", "orders.get", false},
	} {
		if got := funcname.Selects(tt.selector, tt.function); got != tt.want {
			t.Errorf("%q selects %s: %v, want %v", tt.selector, tt.function, got, tt.want)
		}
	}
	for selector, want := range map[string]string{
		"*": "", "orders.*": "", "orders.get": "",
		"orders": `"orders" is none of orders.get, orders.* and *; for the whole group write orders.*`,
		"ord*":   `"ord*" is none of orders.get, orders.* and *`,
		"**":     `"**" is none of orders.get, orders.* and *`,
		"":       `"" is none of orders.get, orders.* and *`,
		"A.*":    `"A.*" is none of orders.get, orders.* and *`,
	} {
		got := ""
		if err := funcname.CheckSelector(selector); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", selector, got, want)
		}
	}
	if got := funcname.Fields(" a.b,c.*\t*\r\n,, d.e"); !slices.Equal(got, []string{"a.b", "c.*", "*", "d.e"}) {
		t.Errorf("got %q", got)
	}
}

func TestHandlerSettingIsASelectorWhenItReadsLikeOne(t *testing.T) {
	for setting, want := range map[string]string{
		"": "*", "bootstrap": "*", "main": "*", "bin/main": "*", "*": "*", "orders.get": "orders.get",
		"orders.*": "orders.*", "orders.get,chat.*": "orders.get,chat.*",
	} {
		if got := funcname.OfHandler(setting); got != want {
			t.Errorf("%q selects %q, want %q", setting, got, want)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"lambda:shop-{group}": "lambda:shop-orders", "{name}/{function}": "orders-get/get", "http://{group}.{group}": "http://orders.orders", "{other}": "{other}", "": "",
	} {
		if got := funcname.Fill(target, "orders.get"); got != want {
			t.Errorf("%q is %q, want %q", target, got, want)
		}
	}
}
