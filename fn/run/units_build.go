//go:build !lambda

package run

import "strings"

// buildCommand is the command that builds a unit, for the shell of this system: a
// POSIX shell, or PowerShell on Windows. There a comma makes a list of words, so
// tags are quoted, and variables outlive their command, so they are removed.
func buildCommand(system string, tags []string, proof, binary, pkg string) string {
	list := strings.Join(tags, ",")
	link := "-s -w -X github.com/anygrain/anygrain/fn.proof=" + proof
	if system == "windows" {
		return "$env:GOOS='linux'; $env:GOARCH='arm64'; $env:CGO_ENABLED='0'; go build -trimpath -ldflags '" + link + "' -tags '" + list +
			"' -o " + binary + " " + pkg + "; Remove-Item Env:GOOS,Env:GOARCH,Env:CGO_ENABLED"
	}
	return "GOOS=linux GOARCH=arm64 CGO_ENABLED=0 go build -trimpath -ldflags='" + link + "' -tags " + list + " -o " + binary + " " + pkg
}
