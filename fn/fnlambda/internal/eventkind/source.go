package eventkind

import (
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// IDs returns the kinds that an event is of, the most specific first: "cognito:PreSignUp" and
// "cognito". It is nil for an event of no known kind.
func (e *Event) IDs() []string {
	switch {
	case e.recordsOf() != "":
		id := batchOf(e.source).id
		if e.members["window"] && e.members["state"] { // of a tumbling window
			return []string{id + ":window", id}
		}
		return []string{id}
	case e.cloudFront && e.members["Records"]:
		return []string{cloudFront}
	}
	known := kindOf(e.members)
	if known == nil {
		return nil
	}
	return append(e.variants(known.id), known.id)
}

// variants are the kinds within a kind, each of which has a type of its own.
func (e *Event) variants(id string) []string {
	switch id {
	case "authorizer":
		if version := e.value("version"); version != "" { // of HTTP APIs; 1.0 is as of REST APIs, and more
			return []string{"authorizer:" + version, "authorizer:" + e.value("type")}
		}
		return []string{"authorizer:" + e.value("type")}
	case "cognito":
		trigger, _, _ := strings.Cut(e.value("triggerSource"), "_")
		if version := e.value("version"); version > "1" {
			return []string{"cognito:" + trigger + "." + version, "cognito:" + trigger}
		}
		return []string{"cognito:" + trigger}
	case "eventbridge":
		own := []string{"eventbridge:" + e.value("detail-type"), "eventbridge:" + e.value("source")}
		if e.scheduled() {
			return append([]string{schedule}, own...)
		}
		return own
	}
	return nil
}

// scheduled reports whether a schedule sent the event, without an input of its own.
func (e *Event) scheduled() bool {
	return e.value("detail-type") == "Scheduled Event" && (e.value("source") == "aws.events" || e.value("source") == "aws.scheduler")
}

// Mixed reports whether the records come from different services, which none sends.
func (e *Event) Mixed() bool { return e.mixed }

// Sources returns the names of what the event comes from, the most specific first: the ARN of a
// queue and the queue's name. ok is false when its records come from different ones, or say
// different things of it.
func (e *Event) Sources() (names []string, ok bool) {
	ok = true
	for _, place := range e.places() {
		found := valuesAt(e.text, place)
		if len(found) > 1 {
			ok = false
		}
		for _, value := range found {
			if place == logData {
				value = logGroup(value)
			}
			for _, name := range namesOf(value) {
				if name != "" && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names, ok
}

// places are those of what names the source.
func (e *Event) places() []string {
	if e.recordsOf() != "" {
		return batchOf(e.source).sources
	}
	known := kindOf(e.members)
	switch {
	case known == nil:
		return nil
	case known.id == "eventbridge" && e.scheduled():
		return append([]string{"resources[]"}, known.sources...)
	}
	return known.sources
}

// value is the one text at a place, "" when there is none.
func (e *Event) value(place string) string {
	if found := valuesAt(e.text, place); len(found) == 1 {
		return found[0]
	}
	return ""
}

// valuesAt returns the different texts at a place of an event: "a.b" is a member of a member, "a[]"
// each element of a list, "a*" the names of the members. A record without the member has "" there.
func valuesAt(text, place string) []string {
	var v values
	r := scan.NewReader(text)
	v.collect(&r, strings.Split(strings.ReplaceAll(place, "[]", ".[]"), "."), false)
	return v
}

// values are texts, each once.
type values []string

// most is how many different values are kept: two are too many already.
const most = 4

func (v *values) add(value string) {
	if len(*v) < most && !slices.Contains(*v, value) {
		*v = append(*v, value)
	}
}

// collect adds what is at the place. within is true in an element of a list.
func (v *values) collect(r *scan.Reader, place []string, within bool) {
	if len(place) > 0 && place[0] == "" { // before a list at the top
		place = place[1:]
	}
	switch {
	case len(place) == 0:
		v.leaf(r, within)
	case place[0] == "[]":
		v.elements(r, place[1:])
	case r.Kind() == '{':
		v.member(r, place, within)
	default:
		r.Skip()
		v.missing(within)
	}
}

// missing notes a record that does not say what others may.
func (v *values) missing(within bool) {
	if within {
		v.add("")
	}
}

func (v *values) leaf(r *scan.Reader, within bool) {
	if r.Kind() == '"' {
		v.add(r.String())
		return
	}
	r.Skip()
	v.missing(within)
}

func (v *values) elements(r *scan.Reader, place []string) {
	if r.Kind() != '[' {
		r.Skip()
		return
	}
	for r.Array(); r.More(']'); {
		v.collect(r, place, true)
	}
}

func (v *values) member(r *scan.Reader, place []string, within bool) {
	name, names := strings.CutSuffix(place[0], "*")
	found := false
	for r.Object(); r.More('}'); {
		switch {
		case r.Name() != name:
			r.Skip()
		case names:
			found = true
			v.memberNames(r)
		default:
			found = true
			v.collect(r, place[1:], within)
		}
	}
	if !found {
		v.missing(within)
	}
}

// memberNames adds the names under which Kafka and RabbitMQ send their records: a topic with its
// partition ("orders-0"), a queue with its virtual host ("orders::/").
func (v *values) memberNames(r *scan.Reader) {
	if r.Kind() != '{' {
		r.Skip()
		return
	}
	for r.Object(); r.More('}'); {
		v.add(withoutPart(r.Name()))
		r.Skip()
	}
}

func withoutPart(name string) string {
	if queue, _, ok := strings.Cut(name, "::"); ok {
		return queue
	}
	if i := strings.LastIndexByte(name, '-'); i > 0 && strings.Trim(name[i+1:], "0123456789") == "" {
		return name[:i]
	}
	return name
}
