package resource_test

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/resource"
)

type show struct {
	ID     string `json:"id"`
	Artist string `json:"artist"`
}

func (show) TableSpec() resource.TableSpec {
	return resource.TableSpec{Key: resource.Key{Partition: "id"}, Indexes: []resource.Index{{Name: "by-artist", Key: resource.Key{Partition: "artist", Sort: "id"}}}, TTL: "expires"}
}

// topic is a kind of resource as another package makes one.
type topic struct{ resource.Identity }

func (topic) Kind() string       { return "topic" }
func (t topic) Publish() fn.Need { return fn.Need{Resource: t, Access: fn.AccessSend} }

type section struct {
	Table  resource.Table[show] `env:"SHOWS_TABLE" validate:"min=3"`
	Images resource.Bucket      `env:"IMAGES_BUCKET,optional"`
	Local  resource.Bucket      `env:"LOCAL_BUCKET" envDefault:"mem://local"`
	Key    resource.Existing    `env:"KEY_ARN" kind:"kms-key"`
	Topic  topic                `env:"TOPIC_ARN"`
}

type job struct{ To string }

var jobs = resource.DefineQueue[job]("mail.jobs")

var values = config.Map{"SHOWS_TABLE": "shows-dev", "KEY_ARN": "arn:aws:kms:x", "TOPIC_ARN": "arn:aws:sns:y"}

func nothing(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil }

// app has one function that does what construct says.
func app(construct func(ctx context.Context, own section) []fn.FunctionOption) *fn.App[fn.NoConfig] {
	a := fn.NewApp[fn.NoConfig]("shop")
	fn.AddGroup(a, "shows", func(ctx context.Context, _ fn.NoConfig, own section) ([]fn.Function, error) {
		return []fn.Function{fn.New("shows.get", nothing, construct(ctx, own)...)}, nil
	})
	return a
}

func all(_ context.Context, own section) []fn.FunctionOption {
	return []fn.FunctionOption{fn.Needs(own.Table.Read(), own.Table.Write(), own.Images.ReadWrite(), own.Local.Read(), own.Key.Use("kms:Sign"), own.Topic.Publish(), jobs, jobs.Receive())}
}

func TestResourcesAreKnownWithoutValues(t *testing.T) {
	d, err := app(all).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const want = "[read+write of table SHOWS_TABLE read+write of bucket IMAGES_BUCKET read of bucket LOCAL_BUCKET kms:Sign of kms-key KEY_ARN send of topic TOPIC_ARN send+receive of queue mail.jobs]"
	if got := fmt.Sprint(d.Functions[0].Needs()); got != want || len(d.Warnings) != 0 {
		t.Errorf("got %s, warnings %v\nwant %s", got, d.Warnings, want)
	}
	var types []string
	for _, v := range d.Variables("shows") {
		types = append(types, fmt.Sprintf("%s:%s:%v", v.Name, v.Type, v.Required))
	}
	if got := strings.Join(types, " "); got != "SHOWS_TABLE:table:true IMAGES_BUCKET:bucket:false LOCAL_BUCKET:bucket:true KEY_ARN:resource.Existing:true TOPIC_ARN:topic:true" {
		t.Errorf("got %s", got)
	}
	if _, err := app(all).Start(t.Context(), fn.WithSources(config.Map{"SHOWS_TABLE": "x"})); err == nil || !strings.Contains(err.Error(), "3 problems") ||
		!strings.Contains(err.Error(), "KEY_ARN") || !strings.Contains(err.Error(), "must have at least 3 characters") {
		t.Errorf("got %v", err)
	}
}

func TestAResourceHasTheNameOfItsStage(t *testing.T) {
	var got section
	unit, err := app(func(ctx context.Context, own section) []fn.FunctionOption { got = own; return all(ctx, own) }).Start(t.Context(), fn.WithSources(values), fn.Strict(true))
	if err != nil {
		t.Fatal(err)
	}
	if names := []string{got.Table.Name(), got.Images.Name(), got.Local.Name(), got.Topic.Name()}; fmt.Sprintf("%q", names) != `["shows-dev" "" "mem://local" "arn:aws:sns:y"]` || got.Images.IsSet() || !got.Local.IsSet() {
		t.Errorf("got %q of %v", names, unit.Name())
	}
	if f := got.Table.Field(); f.Group != "shows" || f.Path != "Table" || f.Variable != "SHOWS_TABLE" {
		t.Errorf("got %+v", f)
	}
	for range 100 { // asking is cheap and always the same
		if got.Table.Name() != "shows-dev" {
			t.Fatal("the name is gone")
		}
	}
}

func TestATableKnowsItsItems(t *testing.T) {
	var table resource.Table[show]
	spec, ok := table.Spec()
	if !ok || spec.TTL != "expires" || spec.Indexes[0].Key.Sort != "id" || table.Item() != reflect.TypeFor[show]() {
		t.Errorf("got %+v, %v", spec, ok)
	}
	if _, ok := (resource.Table[job]{}).Spec(); ok || jobs.Item() != reflect.TypeFor[job]() {
		t.Error("a type without a spec has one")
	}
}

type unkeyed struct{}

func (unkeyed) TableSpec() resource.TableSpec { return resource.TableSpec{} }

type nameless struct{}

func (*nameless) TableSpec() resource.TableSpec {
	return resource.TableSpec{Key: resource.Key{Partition: "id"}, Indexes: []resource.Index{{Name: "a"}}}
}

type doubled struct{}

func (doubled) TableSpec() resource.TableSpec {
	index := resource.Index{Name: "a", Key: resource.Key{Partition: "x"}}
	return resource.TableSpec{Key: resource.Key{Partition: "id"}, Indexes: []resource.Index{index, index}}
}

type panicking struct{ spec *resource.TableSpec }

func (p panicking) TableSpec() resource.TableSpec { return *p.spec }

func TestWhatIsWrongWithAResourceIsAProblemOfWhoNeedsIt(t *testing.T) {
	type odd struct {
		Unkeyed   resource.Table[unkeyed]   `env:"A"`
		Nameless  resource.Table[nameless]  `env:"B"`
		Doubled   resource.Table[doubled]   `env:"C"`
		Panicking resource.Table[panicking] `env:"D"`
		Kindless  resource.Existing         `env:"E"`
		Table     resource.Existing         `env:"F" kind:"table"`
	}
	own, err := config.Load[odd](t.Context(), config.From(config.Map{"A": "a", "B": "b", "C": "c", "D": "d", "E": "e", "F": "f"}))
	if err != nil {
		t.Fatal(err)
	}
	for want, need := range map[string]fn.Needer{
		`the bucket "" (resource.Bucket) is a zero value, so that nobody can tell which one is meant: a resource learns who it is when its config is loaded`: resource.Bucket{}.Read(),
		`the table "" (resource.Table[`:                        resource.Table[show]{}.Read(),
		`in a unit test load the section, with config.Load`:    resource.Existing{}.Use("a:b"),
		`the queue "" (resource.Queue[`:                        resource.Queue[job]{},
		"make it by resource.DefineQueue":                      resource.DefineQueue[job](""),
		`the queue "jobs" (`:                                   resource.DefineQueue[job]("jobs"),
		`not of the form group.name, such as "mail.jobs"`:      resource.DefineQueue[job]("Mail.jobs"),
		"resource_test.unkeyed names no Key.Partition":         own.Unkeyed.Read(),
		"has no name or no Key.Partition ({Name:a":             own.Nameless.Read(),
		`are called "a"; give each a name of its own`:          own.Doubled.Write(),
		"TableSpec of a zero resource_test.panicking panicked": own.Panicking.ReadWrite(),
		`has no kind: say what it is in the tag of its field`:  own.Kindless.Use("a:b"),
		`has a kind that is not for existing things`:           own.Table.Use("a:b"),
	} {
		err := fn.New("shows.get", nothing, fn.Needs(need)).Err()
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "resource_test.go:") {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	if (resource.Bucket{}).Name() != "" || (resource.Bucket{}).ID() != "" {
		t.Error("a zero bucket has a name")
	}
	(resource.Bucket{}).NotNeeded(nil)
}

// The section of a unit test, given by hand, is told who it is.
func TestASectionGivenByHandKnowsItsResources(t *testing.T) {
	if _, err := app(all).Start(t.Context(), fn.WithConfig(section{}), fn.Strict(true)); err != nil {
		t.Error(err)
	}
}

// What is used in a constructor and needed by nobody fails where a developer sees it.
func TestANameThatNobodyNeeds(t *testing.T) {
	construct := func(_ context.Context, own section) []fn.FunctionOption {
		own.Images.Name()
		return []fn.FunctionOption{fn.Needs(own.Table.Read(), own.Local.Read(), own.Key.Use("kms:Sign"), own.Topic.Publish())}
	}
	const want = "it uses the bucket IMAGES_BUCKET (a field of resource_test.section), and no function here needs it"
	_, strict := app(construct).Start(t.Context(), fn.WithSources(values), fn.Strict(true))
	_, described := app(construct).Describe(t.Context())
	for _, err := range []error{strict, described} {
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "resource/resource_test.go:") {
			t.Errorf("got %v", err)
		}
	}
	var log bytes.Buffer
	if _, err := app(construct).Start(t.Context(), fn.WithSources(values), fn.WithLogger(zerolog.New(&log))); err != nil || strings.Count(log.String(), want) != 1 {
		t.Errorf("got %v, logged %s", err, &log)
	}
}

// What is used later fails a start that is strict when it is at the start, and has no name after it.
func TestANameThatNobodyNeedsIsUsedLater(t *testing.T) {
	for _, strict := range []bool{true, false} {
		var own section
		var name string
		var log bytes.Buffer
		late := func(_ context.Context, s section) []fn.FunctionOption { own = s; return nil }
		if _, err := app(late).Start(t.Context(), fn.WithSources(values), fn.Strict(strict), fn.WithLogger(zerolog.New(&log))); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			name = own.Table.Name()
		}
		if (name == "") != strict || strings.Count(log.String(), "it uses the table SHOWS_TABLE") != 1 {
			t.Errorf("strict %v: the name is %q, logged %s", strict, name, &log)
		}
		opening := func(ctx context.Context, own section) []fn.FunctionOption {
			fn.Open(ctx, func(context.Context) (string, error) { return own.Table.Name(), nil }, nil)
			return nil
		}
		_, err := app(opening).Start(t.Context(), fn.WithSources(values), fn.Strict(strict), fn.WithLogger(zerolog.Nop()))
		if (err != nil) != strict || strict && !strings.Contains(err.Error(), "it uses the table SHOWS_TABLE") {
			t.Errorf("strict %v: %v", strict, err)
		}
	}
}

func TestResourcesThatNobodyNeedsAreWarnings(t *testing.T) {
	d, err := app(func(_ context.Context, own section) []fn.FunctionOption {
		return []fn.FunctionOption{fn.Needs(own.Table.Read(), own.Local.Read(), own.Key.Use("kms:Sign"))}
	}).Describe(t.Context())
	if err != nil || len(d.Warnings) != 2 || !strings.Contains(d.Warnings[0], "resource_test.section: no function needs the bucket IMAGES_BUCKET; declare it with fn.Needs") {
		t.Errorf("got %v, %v", d, err)
	}
}

func TestTwoDeclarationsOfOneResource(t *testing.T) {
	other := resource.DefineQueue[string]("mail.jobs")
	a := fn.NewApp[fn.NoConfig]("shop", fn.Needs(jobs))
	a.Add(fn.New("shows.get", nothing, fn.Needs(other)))
	_, err := a.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "shows.get: it needs the queue mail.jobs as resource.Queue[string], and the app (resource/resource_test.go:") {
		t.Errorf("got %v", err)
	}
}

func TestAResourceOfNoConfigOfTheApp(t *testing.T) {
	own, err := config.Load[section](t.Context(), config.From(values))
	if err != nil {
		t.Fatal(err)
	}
	a := fn.NewApp[fn.NoConfig]("shop")
	a.Add(fn.New("shows.get", nothing, fn.Needs(own.Table.Read(), jobs)))
	_, err = a.Describe(t.Context())
	if err == nil || !strings.Contains(err.Error(), "shows.get: it needs the table SHOWS_TABLE, which is a field of no config of this app") {
		t.Errorf("got %v", err)
	}
	if _, err := a.Start(t.Context(), fn.Strict(true)); err != nil {
		t.Errorf("a test of functions alone: %v", err)
	}
}
