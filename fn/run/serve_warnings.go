//go:build !lambda

package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/config/dotenv"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/remote"
	"github.com/anygrain/anygrain/fn/run/internal/tagcheck"
	"github.com/anygrain/anygrain/internal/funcname"
	"github.com/anygrain/anygrain/internal/suggest"
)

// warningApp is the app of a server, which says at its start what will not work as it
// was probably meant. None of it is an error: the calls may never happen.
type warningApp struct {
	App
	build tagcheck.Build
}

// Start implements fn.Starter.
func (a warningApp) Start(ctx context.Context, options ...fn.StartOption) (*fn.Unit, error) {
	unit, err := a.App.Start(ctx, options...)
	if err != nil {
		return nil, err
	}
	if text := a.build.SelectsNothing(unit.Functions()); text != "" {
		unit.Logger().Warn().Msg(text)
	}
	notes, _ := dotenv.Optional(dotEnvFile).Notes() // a file that cannot be read has ended the start
	for _, text := range notes {
		unit.Logger().Warn().Msg(text)
	}
	setting, _, err := config.Env().Lookup(ctx, remote.CalleesVariable)
	if err != nil {
		return nil, errors.Join(err, unit.Stop(ctx))
	}
	rules := patternsOf(setting)
	if text, err := withoutSecret(ctx, setting); err != nil {
		return nil, errors.Join(err, unit.Stop(ctx))
	} else if text != "" {
		unit.Logger().Warn().Msg(text)
	}
	for _, c := range unservedCalls(unit, rules) {
		unit.Logger().Warn().Str("function", c.caller.Name()).Str("callee", c.callee).Msg(c.text(rules))
	}
	return unit, nil
}

// withoutSecret says that calls go to servers, which take none without the secret.
func withoutSecret(ctx context.Context, setting string) (string, error) {
	secret, _, err := config.Env().Lookup(ctx, remote.SecretVariable)
	if err != nil || secret != "" || !strings.Contains(setting, "=http") {
		return "", err
	}
	return fmt.Sprintf("%s leads calls to other servers and %s is not set here: unless something between them adds it, they refuse every call; set the same secret on both sides",
		remote.CalleesVariable, remote.SecretVariable), nil
}

// unservedCall is a declared call that leads nowhere.
type unservedCall struct {
	caller fn.Function
	callee string
}

// unservedCalls lists the calls that fn.Needs declares, of functions that the unit does
// not serve and no rule names.
func unservedCalls(unit *fn.Unit, rules []string) []unservedCall {
	var unserved []unservedCall
	for _, f := range unit.Functions() {
		for _, n := range f.Needs() {
			callee := n.Callee()
			_, served := unit.Lookup(callee)
			if callee != "" && !served && !slices.ContainsFunc(rules, func(rule string) bool { return funcname.Selects(rule, callee) }) {
				unserved = append(unserved, unservedCall{f, callee})
			}
		}
	}
	return unserved
}

// text says what to do about the call.
func (c unservedCall) text(rules []string) string {
	text := fmt.Sprintf("%s (%s) declares with fn.Needs that it calls %s, which this server does not serve", c.caller.Name(), c.caller.Place(), c.callee)
	if len(rules) == 0 {
		return text + ", and " + remote.CalleesVariable + ", which says who does, is not set"
	}
	text += fmt.Sprintf(", and no rule of %s names it: there are rules for %s", remote.CalleesVariable, strings.Join(rules, ", "))
	for _, rule := range rules {
		if meant := suggest.Name(rule, []string{c.callee, funcname.WholeGroup(funcname.GroupOf(c.callee))}); meant != "" {
			return text + "; instead of " + rule + meant
		}
	}
	return text
}

// patternsOf lists what the rules of a setting, which package remote has accepted,
// are for; where they lead is nobody's business.
func patternsOf(setting string) []string {
	var patterns []string
	for _, rule := range funcname.Fields(setting) {
		pattern, _, _ := strings.Cut(rule, "=")
		patterns = append(patterns, pattern)
	}
	return patterns
}
