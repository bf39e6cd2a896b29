package config

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestAZoneThatCannotBeReadNamesTheRemedyWhereThereIsNoDatabase(t *testing.T) {
	if text := zoneExample(false); !strings.Contains(text, "-tags timetzdata") {
		t.Error(text)
	}
	if text := zoneExample(true); strings.Contains(text, "timetzdata") {
		t.Error(text)
	}
	type zoned struct {
		Zone *time.Location `env:"ZONE"`
	}
	_, err := Load[zoned](context.Background(), From(Map{"ZONE": "Mars/X"}))
	wrong, ok := errors.AsType[*Error](err)
	if !ok || !strings.Contains(wrong.Problems[0].Message, `such as "Europe/Paris"`) {
		t.Errorf("got %v", err)
	}
}
