package config_test

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
)

func TestASecretNeverPrints(t *testing.T) {
	const value = "hunter22"
	holder := struct {
		Key config.Secret
		Ptr *config.Secret
	}{Key: value}
	printed := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T=%v"} {
		printed[verb] = fmt.Sprintf(verb, holder.Key, holder.Key)
		printed["struct "+verb] = fmt.Sprintf(verb, holder, holder)
	}
	printed["Sprint"] = fmt.Sprint(holder.Key) + fmt.Sprintln(&holder)
	v1, _ := stdjson.Marshal(holder)
	v2, _ := json.Marshal(holder)
	printed["encoding/json"], printed["json/v2"] = string(v1), string(v2)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", holder.Key, "all", holder)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", holder.Key, "all", holder)
	logger := zerolog.New(&log)
	logger.Info().Interface("all", holder).Stringer("key", holder.Key).Any("any", holder.Key).Msg("x")
	printed["logs"] = log.String()
	for how, text := range printed {
		if strings.Contains(text, value) || strings.Contains(text, fmt.Sprintf("%x", value)) {
			t.Errorf("%s shows the value: %s", how, text)
		}
	}
	if got := fmt.Sprint(config.Secret("")); got != "" {
		t.Errorf("an empty secret prints %q", got)
	}
}

func TestASecretIsCompared(t *testing.T) {
	s := config.Secret("hunter22")
	if !s.Equal("hunter22") || s.Equal("hunter2") || s.Equal("") || s.Reveal() != "hunter22" {
		t.Error("Equal or Reveal is wrong")
	}
}
