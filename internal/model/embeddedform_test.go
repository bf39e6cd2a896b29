package model_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/model"
)

// Types with one of the methods each.
type (
	byMarshalJSON       struct{}
	byMarshalJSONTo     struct{}
	byMarshalText       struct{}
	byAppendText        struct{}
	byUnmarshalJSON     struct{}
	byUnmarshalJSONFrom struct{}
	byUnmarshalText     struct{}
)

func (byMarshalJSON) MarshalJSON() ([]byte, error)                     { return []byte("1"), nil }
func (byMarshalJSONTo) MarshalJSONTo(*jsontext.Encoder) error          { return nil }
func (byMarshalText) MarshalText() ([]byte, error)                     { return nil, nil }
func (byAppendText) AppendText(b []byte) ([]byte, error)               { return b, nil }
func (*byUnmarshalJSON) UnmarshalJSON([]byte) error                    { return nil }
func (*byUnmarshalJSONFrom) UnmarshalJSONFrom(*jsontext.Decoder) error { return nil }
func (*byUnmarshalText) UnmarshalText([]byte) error                    { return nil }

type (
	event struct {
		time.Time
		Name string `json:"name"`
	}
	eventByPointer struct {
		*time.Time
		Name string `json:"name"`
	}
	deepEvent struct {
		event
		Note string `json:"note"`
	}
	wrappedEvent  struct{ event }
	pageOf[T any] struct {
		time.Time
		Items []T
	}
	// ownEvent is an event with a form of its own.
	ownEvent struct {
		time.Time
		Name string
	}
	ownPage[T any] struct {
		time.Time
		Items []T
	}
	// laidOut has fields that are one level deeper, and deepTime a time that is.
	laidOut struct{ Inner string }
	//lint:ignore U1000 only the type is looked at
	empty    struct{ _ string }
	deepTime struct{ event }
	byLayout struct {
		time.Time
		laidOut
		//lint:ignore U1000 only the type is looked at
		empty
	}
	byTheLessDeep struct {
		deepTime
		byMarshalJSON
		byUnmarshalJSON
		Name string
	}
	// byDeepLayout has a field that stands two levels deeper.
	midLayout    struct{ laidOut }
	byDeepLayout struct {
		time.Time
		midLayout
	}
	// loop embeds itself, and nothing that JSON sees.
	//lint:ignore U1000 only the type is looked at
	loop   struct{ *loop }
	byLoop struct {
		time.Time
		//lint:ignore U1000 only the type is looked at
		loop
	}
	byInterface struct {
		json.Marshaler
		Name string
	}
)

func (e ownEvent) MarshalJSON() ([]byte, error)       { return json.Marshal(e.Name) }
func (e *ownEvent) UnmarshalJSON(data []byte) error   { return json.Unmarshal(data, &e.Name) }
func (p *ownPage[T]) MarshalJSON() ([]byte, error)    { return json.Marshal(p.Items) }
func (p *ownPage[T]) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &p.Items) }

func TestFormsOfEmbeddedTypes(t *testing.T) {
	type local struct {
		byMarshalJSON
		Name string
	}
	for _, tt := range []struct {
		typ  reflect.Type
		want []string
	}{
		{reflect.TypeFor[event](), []string{"embeds time.Time and with it its MarshalJSON and UnmarshalJSON: Name beside it is neither read nor written", "write these methods on model_test.event"}},
		{reflect.TypeFor[eventByPointer](), []string{"embeds *time.Time", "Name"}},
		{reflect.TypeFor[deepEvent](), []string{"embeds model_test.event", "event.Name and Note beside it are"}},
		{reflect.TypeFor[wrappedEvent](), []string{"event.Name beside it is"}},
		{reflect.TypeFor[pageOf[int]](), []string{"Items beside it"}},
		{reflect.TypeFor[pageOf[event]](), []string{"Items beside it"}},
		{reflect.TypeFor[struct {
			At   event  `json:"at"`
			Name string `json:"name"`
		}](), []string{"At: has the type model_test.event"}},
		{reflect.TypeFor[struct {
			Map map[string][]*event `json:"map"`
		}](), []string{"Map[key][]: has the type"}},
		{reflect.TypeFor[[]event](), []string{"[]: has the type"}},
		{reflect.TypeFor[struct {
			time.Time `json:"at"`
			Name      string
		}](), []string{"Name beside it"}},
		{reflect.TypeFor[local](), []string{"its MarshalJSON: Name beside it is not written"}},
		{reflect.TypeFor[byLayout](), []string{"UnmarshalJSON: laidOut beside it is"}},
		{reflect.TypeFor[byTheLessDeep](), []string{"embeds model_test.byUnmarshalJSON and with it its MarshalJSON and UnmarshalJSON", "Name beside it"}},
		{reflect.TypeFor[byDeepLayout](), []string{"midLayout beside it is"}},
		{reflect.TypeFor[byInterface](), []string{"its MarshalJSON: Name"}},
		{reflect.TypeFor[struct {
			byMarshalJSONTo
			Name string
		}](), []string{"its MarshalJSONTo: Name"}},
		{reflect.TypeFor[struct {
			byMarshalText
			Name string
		}](), []string{"its MarshalText: Name"}},
		{reflect.TypeFor[struct {
			byAppendText
			Name string
		}](), []string{"its AppendText: Name"}},
		{reflect.TypeFor[struct {
			byUnmarshalJSON
			Name string
		}](), []string{"its UnmarshalJSON: Name"}},
		{reflect.TypeFor[struct {
			byUnmarshalJSONFrom
			Name string
		}](), []string{"its UnmarshalJSONFrom: Name"}},
		{reflect.TypeFor[struct {
			byUnmarshalText
			Name string
		}](), []string{"its UnmarshalText: Name beside it is not read"}},
	} {
		t.Run(tt.typ.String(), func(t *testing.T) {
			_, in := model.Input(tt.typ)
			_, out := model.Output(tt.typ)
			for direction, problems := range map[string][]model.Problem{"in": in, "out": out} {
				var all strings.Builder
				for _, p := range problems {
					all.WriteString(p.Error() + "\n")
				}
				for _, want := range tt.want {
					if !strings.Contains(all.String(), want) {
						t.Errorf("%s tells\n%swant %s", direction, &all, want)
					}
				}
			}
		})
	}
}

// stamp is a time with another name, as generated code has it.
type stamp struct{ time.Time }

func TestFormsThatAreWhole(t *testing.T) {
	type hidden struct {
		time.Time
		cached bool
		Cache  int `json:"-"`
	}
	_ = hidden{cached: true}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[stamp](), reflect.TypeFor[ownEvent](), reflect.TypeFor[*ownPage[int]]().Elem(), reflect.TypeFor[hidden](),
		reflect.TypeFor[struct{ At ownEvent }](), reflect.TypeFor[struct{ stamp }](), reflect.TypeFor[byLoop](), reflect.TypeFor[struct{ ownEvent }](),
		reflect.TypeFor[struct {
			At time.Time
			N  int
		}](),
	} {
		if _, problems := model.Input(typ); len(problems) > 0 {
			t.Errorf("%s: %v", typ, problems)
		}
		if _, problems := model.Output(typ); len(problems) > 0 {
			t.Errorf("%s: %v", typ, problems)
		}
	}
}

func TestTextOfEmbeddedTypes(t *testing.T) {
	type in struct {
		At    event   `query:"at"`
		Other []event `header:"X-At"`
	}
	_, problems := model.Input(reflect.TypeFor[in]())
	if len(problems) != 2 || !strings.Contains(problems[0].Error(), "in.At: has the type model_test.event, which embeds time.Time") {
		t.Errorf("told %v", problems)
	}
	type out struct {
		At *event `header:"X-At"`
	}
	if _, problems := model.Output(reflect.TypeFor[out]()); len(problems) == 0 || !strings.Contains(problems[0].Error(), "out.At: has the type model_test.event, which embeds") {
		t.Errorf("told %v", problems)
	}
}

func TestAPointerThatReads(t *testing.T) {
	_, problems := model.Input(reflect.TypeFor[struct{ At struct{ *time.Time } }]())
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "At: has the type struct { *time.Time }, which is read by a method of the *time.Time that it embeds, and that is nil") {
		t.Errorf("told %v", problems)
	}
}
