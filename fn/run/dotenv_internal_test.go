//go:build !lambda

package run

import (
	"slices"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/config/dotenv"
)

func TestUnitsGetWhatTheFileHasOfTheConfig(t *testing.T) {
	variables := []config.Variable{{Name: "STORE"}, {Name: "TOKEN"}, {Name: "EMPTY"}, {Name: "ABSENT"}}
	file := config.Map{"STORE": "file", "TOKEN": "file", "EMPTY": "file", "OTHER": "file"}
	env, names, err := unitEnvironment(t.Context(), []string{"TOKEN=set", "EMPTY=", "STORE_URL=x"}, variables, file)
	if err != nil || !slices.Equal(names, []string{"STORE"}) || !slices.Equal(env, []string{"TOKEN=set", "EMPTY=", "STORE_URL=x", "STORE=file"}) {
		t.Errorf("got %q, %q, %v", env, names, err)
	}
	env, names, err = unitEnvironment(t.Context(), []string{"A=1"}, variables, dotenv.Optional("nowhere.env"))
	if err != nil || names != nil || !slices.Equal(env, []string{"A=1"}) {
		t.Errorf("without a file: %q, %q, %v", env, names, err)
	}
	if _, _, err = unitEnvironment(t.Context(), nil, variables, dotenv.File(t.TempDir())); err == nil {
		t.Errorf("a directory: %v", err)
	}
}
