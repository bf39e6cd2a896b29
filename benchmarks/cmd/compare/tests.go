package main

import (
	"context"

	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
)

// buildTests builds the test binary, and runs the tests that say that all
// contenders are right: who is wrong is not timed.
func (c *comparison) buildTests(ctx context.Context) error {
	if c.tests != "" {
		return nil
	}
	binary := gotool.Path(c.scratch, "benchmarks.test")
	if _, err := gotool.Output(ctx, c.dir, "go", "test", "-c", "-o", binary, "."); err != nil {
		return err
	}
	if _, err := gotool.Output(ctx, c.dir, binary, "-test.run=IsRight$"); err != nil {
		return err
	}
	c.tests = binary
	return nil
}
