package fntest

import (
	"iter"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/randomreq"
)

// small is a trial that was cut down, and what is left to see in it.
type small struct {
	trial trial
	found difference
}

// shrink leaves out of the trial whatever the difference does without.
func (c trial) shrink(found difference) small {
	s := small{c, found}
	s.try(trial{c.app, c.requests[found.request : found.request+1], nil})
	for s.pass() {
	}
	return s
}

// try keeps the candidate when its host still answers in the same other way.
func (s *small) try(candidate trial) bool {
	_, _, found := candidate.run([]string{Direct, s.found.host})
	if found == nil || found.kind() != s.found.kind() {
		return false
	}
	s.trial, s.found = candidate, *found
	return true
}

// kind is what differs, and from what: a status from 500 is not one from 404.
func (d difference) kind() string {
	var kinds []string
	for line := range strings.Lines(d.text) {
		if what, rest, ok := strings.Cut(line, ":"); ok && strings.HasPrefix(what, "  ") {
			if what == "  status" || what == "  code" || what == "  error" {
				what += rest
			}
			kinds = append(kinds, what)
		}
	}
	return strings.Join(kinds, ",")
}

// pass tries all cuts once and reports whether one was possible.
func (s *small) pass() bool {
	cut := false
	for i := len(s.trial.requests) - 1; i >= 0 && len(s.trial.requests) > 1; i-- {
		cut = s.try(trial{s.trial.app, without(s.trial.requests, i), nil}) || cut
	}
	for i := len(s.trial.requests) - 1; i >= 0; i-- {
		for smaller := range smallerRequests(s.trial.requests[i]) {
			requests := slices.Clone(s.trial.requests)
			requests[i] = smaller
			if s.try(trial{s.trial.app, requests, nil}) {
				cut = true
				break
			}
		}
	}
	for _, app := range s.trial.app.Smaller() {
		if s.try(trial{app, s.trial.requests, nil}) {
			return true
		}
	}
	return cut
}

func without[T any](list []T, i int) []T { return slices.Delete(slices.Clone(list), i, i+1) }

// smallerRequests are requests with one part less, or a shorter one.
func smallerRequests(r randomreq.Request) iter.Seq[randomreq.Request] {
	return func(yield func(randomreq.Request) bool) {
		for i := range r.Header {
			smaller := r
			smaller.Header = without(r.Header, i)
			if !yield(smaller) {
				return
			}
		}
		for from, to := range spans(len(r.Body)) {
			smaller := r
			smaller.Body = slices.Concat(r.Body[:from], r.Body[to:])
			if !yield(smaller) {
				return
			}
		}
		for from, to := range spans(len(r.Target)) {
			smaller := r
			smaller.Target = r.Target[:from] + r.Target[to:]
			if from > 0 && !yield(smaller) { // it starts with a slash
				return
			}
		}
	}
}

// spans are the parts of n to leave out: halves, quarters and so on.
func spans(n int) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		for size := n; size > n/128; size /= 2 {
			for from := 0; from < n; from += size {
				if !yield(from, min(from+size, n)) {
					return
				}
			}
		}
	}
}
