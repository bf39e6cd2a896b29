package fnlambda

import "testing"

func TestHandlerSettingIsASelectorWhenItReadsLikeOne(t *testing.T) {
	for setting, want := range map[string]string{
		"": "*", "bootstrap": "*", "main": "*", "bin/main": "*", "*": "*", "orders.get": "orders.get",
		"orders.*": "orders.*", "orders.get,chat.*": "orders.get,chat.*",
	} {
		if got := selectorOf(setting); got != want {
			t.Errorf("%q selects %q, want %q", setting, got, want)
		}
	}
}
