package fntest_test

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// inner is set where the test that fails on purpose runs.
const inner = "ANYGRAIN_TEST_FAILS"

func TestFailsOnPurpose(t *testing.T) {
	if os.Getenv(inner) == "" {
		t.Skip("it is run by TestAFailureIsOfTheLineThatCalls")
	}
	n := 0
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("orders.next", func(context.Context, struct{}) (int, error) { n++; return n, nil }, fn.Route("GET /next")))
	fntest.Same(t, app, []fntest.Request{fntest.Get("/next")}, fntest.Hosts("http"))
	fntest.Each(t, fn.NewApp[fn.NoConfig]("empty"), func(*testing.T, *fntest.Client) {})
}

func TestAFailureIsOfTheLineThatCalls(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFailsOnPurpose$")
	cmd.Env = append(os.Environ(), inner+"=1")
	out, _ := cmd.CombinedOutput()
	source, err := os.ReadFile("line_test.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for i, line := range strings.Split(string(source), "\n") {
		if strings.HasPrefix(line, "	fntest.") {
			seen++
			if place := "line_test.go:" + strconv.Itoa(i+1) + ": "; !strings.Contains(string(out), place) {
				t.Errorf("%s is not in:\n%s", place, out)
			}
		}
	}
	if seen != 2 {
		t.Errorf("%d lines call fntest", seen)
	}
}
