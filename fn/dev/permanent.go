package dev

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
)

// permanent reports whether every later try would end in the same way: the
// declaration of the app is wrong, or the unit has not what its Handler selects
// (fnlambda's types of a failed init).
func (e ending) permanent() bool {
	var f failure
	if e.ready || json.Unmarshal(e.report, &f, json.RejectUnknownMembers(false)) != nil {
		return false
	}
	return f.Type == "Init.Declaration" || f.Type == "Init.Select"
}

// unstartable says which units will never start, and why; units with the same
// reason together.
func (d *Deployment) unstartable() error {
	var reasons []string
	units := map[string][]string{}
	for _, w := range d.workers {
		if e := w.failed(); e != nil && e.permanent() {
			reason := reported(e.report)
			if units[reason] == nil {
				reasons = append(reasons, reason)
			}
			units[reason] = append(units[reason], w.unit.Name)
		}
	}
	var problems []error
	for _, reason := range reasons {
		problems = append(problems, fmt.Errorf("dev: %s cannot start: %s", strings.Join(units[reason], ", "), reason))
	}
	return errors.Join(problems...)
}

// failed is how the last process failed to start, nil when it did not.
func (w *worker) failed() *ending {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.broken
}
