package tagkey_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/tagkey"
)

var ours = []string{"path", "query", "header", "cookie", "form", "json", "body", "default", "validate", "doc", "status"}

func TestMeant(t *testing.T) {
	for key, want := range map[string]string{
		"valdiate": "validate", "vaildate": "validate", "validat": "validate", "Validate": "validate", "validator": "validate", ",validate": "validate",
		"heder": "header", "Header": "header", "headers": "header", "hedaer": "header", "defualt": "default", "defaults": "default", "deafult": "default",
		"jsno": "json", "jon": "json", "JSON": "json", "jason": "json", "quey": "query", "querry": "query", "cooky": "cookie", "cookies": "cookie",
		"pth": "path", "paht": "path", "paths": "path", "from": "form", "forms": "form", "bdoy": "body", "stauts": "status", "Doc": "doc",
		"header2": "", "json2": "", "_json": "", "-validate": "", "pk": "", "id": "", "": "", "x": "", "dog": "", "foo": "", "env": "", "value": "", "data": "", "fro": "",
	} {
		if got := tagkey.Meant(key, ours); got != want {
			t.Errorf("%q: got %q, want %q", key, got, want)
		}
	}
}

// Keys that well-known packages read are no mistakes of ours.
func TestKeysOfOthers(t *testing.T) {
	for _, key := range strings.Fields(`gorm bson db xml yaml toml mapstructure msgpack avro protobuf dynamodbav firestore datastore bun pg sql csv ini hcl cbor schema
		uri url binding example description enum swaggertype param env envconfig flag koanf xorm orm boil ent redis cql jsonschema title format required
		xpath goquery jsonb patchStrategy patchMergeKey protobuf_oneof structs conform mod valid docs desc help cmd arg name usage graphql gqlgen
		platform subquery antibody parser lexer faker fake copier deepcopy mask log zap slog tfsdk cty hclext regroup ldap asn1 queue statsd noprefix tls rlp
		ssz abi bencode plist msg capnp thrift`) {
		if meant := tagkey.Meant(key, ours); meant != "" {
			t.Errorf("%s is taken for %s", key, meant)
		}
	}
}

func TestProblem(t *testing.T) {
	for tag, want := range map[reflect.StructTag]string{
		`json:"a" validate:"required" gorm:"x"`: "",
		`json:"a" valdiate:"required"`:          `has the tag "valdiate", which nothing reads: did you mean validate?`,
		`json:"a",validate:"required"`:          `has the tag ",validate", which nothing reads: did you mean validate?`,
		`json:"a\"b:" heder:"x"`:                "did you mean header?",
		`json:"a" validate: "required"`:         `has a tag whose key validate cannot be read: want validate:"…"`,
		`json:"a" validate:required`:            "has a tag whose key validate cannot be read",
		`@Ident { "," @Ident }`:                 "",
		`some words: and more`:                  "",
		``:                                      "",
	} {
		if got := tagkey.Problem(tag, ours); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func FuzzProblem(f *testing.F) {
	for _, seed := range []string{`json:"a" valdiate:"b"`, `a:"\`, "", ":", `x:"y"z:"w"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		for _, our := range ours {
			if _, ok := reflect.StructTag(tag).Lookup(our); ok {
				return
			}
		}
		tagkey.Problem(reflect.StructTag(tag), ours) // comes to an end, and does not panic
	})
}
