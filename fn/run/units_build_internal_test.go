//go:build !lambda

package run

import "testing"

func TestBuildCommandsAreForTheShellOfTheSystem(t *testing.T) {
	for system, want := range map[string]string{
		"linux":   "GOOS=linux GOARCH=arm64 CGO_ENABLED=0 go build -trimpath -ldflags='-s -w -X github.com/anygrain/anygrain/fn.proof=e3b0' -tags lambda,only,a -o build/a/bootstrap example.com/shop",
		"windows": "$env:GOOS='linux'; $env:GOARCH='arm64'; $env:CGO_ENABLED='0'; go build -trimpath -ldflags '-s -w -X github.com/anygrain/anygrain/fn.proof=e3b0' -tags 'lambda,only,a' -o build/a/bootstrap example.com/shop; Remove-Item Env:GOOS,Env:GOARCH,Env:CGO_ENABLED",
	} {
		if got := buildCommand(system, []string{"lambda", "only", "a"}, "e3b0", "build/a/bootstrap", "example.com/shop"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", system, got, want)
		}
	}
}
