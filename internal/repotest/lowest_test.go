package repotest

import (
	"strings"
	"testing"
)

// What go.mod requires, every application gets at least. The modules of aws-sdk-go-v2 fit
// the core of their own time: with v1.48 those of 2021 fail at run time, for want of a step
// "ComputePayloadHash". So the core is the lowest that has the signer, and a tool that lifts
// all requirements is told here what that breaks.
func TestTheSDKOfAnApplicationIsNotLifted(t *testing.T) {
	const core = "github.com/aws/aws-sdk-go-v2 v1.0.0"
	for _, file := range []string{"go.mod", "benchmarks/go.mod"} {
		if !strings.Contains(read(t, file), "\t"+core+"\n") && !strings.Contains(read(t, file), "\t"+core+" // indirect\n") {
			t.Errorf("%s does not require %s; a newer one breaks the service modules of applications", file, core)
		}
	}
}
