//go:build !lambda

package run

import (
	"fmt"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/fn/remote"
)

// Lambda has 4 KB for the names and values of all variables of a function (AWS
// Lambda quotas, Environment variables); the app's own need some of it.
const (
	maxVariables = 4096
	maxSetting   = 3584
)

// calleesOf is ANYGRAIN_CALLEES of the units, whose Lambda functions are called APP-UNIT.
func calleesOf(d *fn.Description, units []grain.Unit) string {
	return grain.Callees(d, units, "lambda:"+d.App+"-")
}

// checkCallees finds a setting that Lambda does not take beside the app's own variables.
func checkCallees(setting string) error {
	if len(setting) <= maxSetting {
		return nil
	}
	return &grain.Error{Problems: []string{fmt.Sprintf("%s, by which the units find each other, has %d bytes, want at most %d: Lambda takes %d of all variables together; "+
		"name units so that {group} or {name} fits (orders, orders-live or orders-get for what is in the group orders), keep groups together, or cut the app into fewer units",
		remote.CalleesVariable, len(setting), maxSetting, maxVariables)}}
}
