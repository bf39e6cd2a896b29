package binding_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// builtInRules are the rules of go-playground/validator v10, with a parameter that could
// be meant.
var builtInRules = strings.Fields(`
	required isdefault unique unique=A len=2 min=2 max=2 eq=2 ne=2 lt=2 lte=2 gt=2 gte=2 eq=a min=1.5 max=1s gt len=-1 eq_ignore_case=a ne_ignore_case=a
	eqfield=Other nefield=Other gtfield=Other gtefield=Other ltfield=Other ltefield=Other fieldcontains=Other fieldexcludes=Other
	eqcsfield=Other necsfield=Other gtcsfield=Other gtecsfield=Other ltcsfield=Other ltecsfield=Other
	required_with=Other required_with_all=Other required_without=Other required_without_all=Other
	excluded_with=Other excluded_with_all=Other excluded_without=Other excluded_without_all=Other postcode_iso3166_alpha2_field=Other
	alpha alphaspace alphanum alphanumspace alphaunicode alphanumunicode boolean numeric number hexadecimal hexcolor rgb rgba hsl hsla cmyk e164
	email url http_url https_url uri origin urn_rfc8141 urn_rfc2141 file filepath base32 base64 base64url base64rawurl
	contains=a containsany=ab containsrune=a excludes=a excludesall=ab excludesrune=a startswith=a endswith=a startsnotwith=a endsnotwith=a
	image mimetype=image/png isbn isbn10 isbn13 issn eth_addr eth_addr_checksum btc_addr btc_addr_bech32
	uuid uuid3 uuid4 uuid5 uuid7 uuid_rfc4122 uuid3_rfc4122 uuid4_rfc4122 uuid5_rfc4122 ulid md4 md5 sha256 sha384 sha512 ripemd128 ripemd160
	tiger128 tiger160 tiger192 ascii printascii multibyte datauri latitude longitude ssn ipv4 ipv6 ip cidrv4 cidrv6 cidr
	tcp4_addr tcp6_addr tcp_addr udp4_addr udp6_addr udp_addr ip4_addr ip6_addr ip_addr unix_addr uds_exists mac
	hostname hostname_rfc1123 hostname_label fqdn html html_encoded url_encoded dir dirpath json jwt hostname_port port lowercase uppercase
	datetime=2006 timezone iso3166_1_alpha2 iso3166_1_alpha2_eu iso3166_1_alpha3 iso3166_1_alpha3_eu iso3166_1_alpha_numeric
	iso3166_1_alpha_numeric_eu iso3166_2 iso4217 iso4217_numeric bcp47_language_tag bcp47_strict_language_tag postcode_iso3166_alpha2=DE
	bic_iso_9362_2014 bic semver dns_rfc1035_label credit_card cve luhn_checksum mongodb mongodb_connection_string cron spicedb spicedb=id ein
	duration iscolor country_code eu_country_code validateFn
	dive dive,min=2 dive,dive,email dive,keys,min=2,endkeys dive,keys,min=2,endkeys,max=2 dive,required omitempty,min=2 omitnil,email omitzero,min=2`)

// Those have parameters with spaces.
var spacedRules = []string{"oneof=asc desc", "oneofci=asc desc", "noneof=asc desc", "noneofci=asc desc", "oneof=1 2", "required_if=Other a",
	"required_if=Other 1", "required_unless=Other a", "excluded_if=Other a", "excluded_if=Other 1", "excluded_unless=Other 1", "skip_unless=Other a",
	"oneof=a b|min=2", "email|oneof=a b", "required,oneof=asc desc", "dive,oneof=a b", "oneof=a b,dive,min=2"}

// jsonValues are values of every kind, with texts on which rules have stumbled.
var jsonValues = []string{`null`, `true`, `false`, `0`, `1`, `-1.5`, `1e300`, `""`, `"a"`, `"asc"`, `"a\u0000b"`, `"/a\u0000/"`, `"://"`, `"data:"`,
	`"1"`, `"bc1"`, `"[::1]:0"`, `"` + strings.Repeat("a/", 3000) + `"`, `[]`, `[1]`, `["a","a"]`, `[null]`, `[[1]]`, `[{}]`, `[[],[]]`, `[{"A":[]},{"A":1}]`,
	`{}`, `{"a":1}`, `{"ab":null}`, `{"a":[1],"b":[1]}`, `{"a":{"b":{}}}`}

// No value that a client sends makes the validator panic, whatever rule stands on a field
// that takes any.
func TestNoRuleAndNoValuePanic(t *testing.T) {
	types := []reflect.Type{reflect.TypeFor[any](), reflect.TypeFor[*any](), reflect.TypeFor[[]any](), reflect.TypeFor[map[string]any](),
		reflect.TypeFor[[][]any](), reflect.TypeFor[string](), reflect.TypeFor[*string](), reflect.TypeFor[[]string](), reflect.TypeFor[map[string]string]()}
	judged := 0
	for _, rule := range append(builtInRules, spacedRules...) {
		for _, typ := range types {
			v, in := rules(t), ruledAny(typ, rule)
			codec, problems := binding.CompileIn(in)
			if problems = append(problems, codec.CheckRules(v)...); len(problems) > 0 {
				continue
			}
			for _, value := range jsonValues {
				body := fmt.Sprintf(`{"a":%s,"other":%s}`, value, jsonValues[judged%len(jsonValues)])
				judged++
				if e := bindAny(t, codec, in, v, body); e != nil && e.Kind != binding.Invalid && e.Kind != binding.Malformed {
					t.Errorf("%s on %s: %s is answered with %v", rule, typ, value, e)
				}
			}
		}
	}
	if judged < 20000 {
		t.Errorf("only %d values were judged", judged)
	}
}

func ruledAny(t reflect.Type, rule string) reflect.Type {
	return reflect.StructOf([]reflect.StructField{
		{Name: "A", Type: t, Tag: reflect.StructTag(`json:"a" validate:"` + rule + `"`)},
		{Name: "Other", Type: reflect.TypeFor[any](), Tag: `json:"other"`},
	})
}

func bindAny(t *testing.T, codec *binding.In, in reflect.Type, v binding.Validator, body string) (told *binding.Error) {
	t.Helper()
	defer func() {
		if said := recover(); said != nil {
			t.Errorf("%s: %s panics: %v", in, body, said)
		}
	}()
	err := codec.BindJSON(t.Context(), reflect.New(in).Interface(), []byte(body), binding.Limits{}, v)
	if err == nil {
		return nil
	}
	told, ok := errors.AsType[*binding.Error](err)
	if !ok {
		t.Errorf("%s: %s is answered with %v", in, body, err)
	}
	return told
}

func TestARuleOnAnyIsBrokenByWhatItIsNotAbout(t *testing.T) {
	type element struct {
		V any `json:"v" validate:"required,min=2"`
	}
	type input struct {
		Sort   any            `json:"sort" validate:"oneof=asc desc"`
		Size   any            `json:"size" validate:"omitnil,min=3"`
		List   any            `json:"list" validate:"dive,email"`
		Deep   any            `json:"deep" validate:"dive,dive,min=2"`
		Named  map[string]any `json:"named" validate:"dive,keys,min=2,endkeys,dive,required"`
		Unique []any          `json:"unique" validate:"unique"`
		More   map[string]any `json:"more" validate:"dive,url|oneof=a b"`
		Parts  []element      `json:"parts" validate:"dive"`
		Kind   any            `json:"kind"`
		If     *string        `json:"if" validate:"min=2,required_if=Kind a"`
		Unless *string        `json:"unless" validate:"excluded_unless=Kind 1"`
		Same   any            `json:"same" validate:"eqfield=Kind"`
		Path   string         `json:"path" validate:"omitempty,dirpath"`
		Bool   bool           `json:"bool" validate:"isdefault"`
	}
	for body, want := range map[string]string{
		`{"sort":"asc","size":5,"list":["a@b.example"],"deep":[["ab"]],"named":{"ab":[1]},"unique":[1,"a"],"more":{"x":"a"},"parts":[{"v":2}],"kind":1,"same":1}`: ``,
		`{}`:                                   ``,
		`{"sort":true}`:                        `body.sort must be one of: asc, desc`,
		`{"sort":[]}`:                          `body.sort must be one of: asc, desc`,
		`{"size":true}`:                        `body.size must be at least 3`,
		`{"size":"ab"}`:                        `body.size must have at least 3 characters`,
		`{"size":[1]}`:                         `body.size must have at least 3 items`,
		`{"list":"x"}`:                         `body.list must be a list or an object`,
		`{"list":[1]}`:                         `body.list[0] must be an e-mail address`,
		`{"deep":[1]}`:                         `body.deep[0] must be a list or an object`,
		`{"named":{"a":1}}`:                    `body.named.a must have at least 2 characters; body.named.a must be a list or an object`,
		`{"unique":[[],{}]}`:                   `body.unique must not have the same item twice`,
		`{"more":{"a":1,"b":true,"c":"a"}}`:    `body.more.a does not satisfy the rule "url|oneof=a b"; body.more.b does not satisfy the rule "url|oneof=a b"`,
		`{"parts":[{"v":true},{},{"v":1}]}`:    `body.parts[0].v must be at least 2; body.parts[1].v is required; body.parts[2].v must be at least 2`,
		`{"sort":1,"list":[true],"bool":true}`: `body.sort must be one of: asc, desc; body.list[0] must be an e-mail address; body.bool must be absent`,
		`{"kind":"a"}`:                         `body.if is required here`,
		`{"kind":[1],"same":[2]}`:              ``,
		`{"kind":"a\u0000","path":"/a\u0000"}`: `body.path must be a directory path`,
	} {
		v := rules(t)
		codec, problems := binding.CompileIn(reflect.TypeFor[input]())
		if problems = append(problems, codec.CheckRules(v)...); len(problems) > 0 {
			t.Fatal(problems)
		}
		got := ""
		if e := bindAny(t, codec, reflect.TypeFor[input](), v, body); e != nil {
			got = e.Error()
		}
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", body, got, want)
		}
	}
}

// Presence that depends on another field is the same, whether that is text or any value,
// and where validator panics, as it does for a list within one that is to be unique.
func TestPresenceDependsOnAnotherFieldOfAnyType(t *testing.T) {
	type text struct {
		Kind           string  `json:"kind"`
		RequiredIf     *string `json:"required_if" validate:"required_if=Kind a"`
		RequiredUnless *string `json:"required_unless" validate:"required_unless=Kind a Other x"`
		ExcludedIf     *string `json:"excluded_if" validate:"excluded_if=Kind a"`
		ExcludedUnless *string `json:"excluded_unless" validate:"excluded_unless=Kind a"`
		SkipUnless     *string `json:"skip_unless" validate:"skip_unless=Kind a"`
		Other          string  `json:"other"`
		Unique         []any   `json:"unique" validate:"unique"`
	}
	type anything struct {
		Kind           any   `json:"kind"`
		RequiredIf     any   `json:"required_if" validate:"required_if=Kind a"`
		RequiredUnless any   `json:"required_unless" validate:"required_unless=Kind a Other x"`
		ExcludedIf     any   `json:"excluded_if" validate:"excluded_if=Kind a"`
		ExcludedUnless any   `json:"excluded_unless" validate:"excluded_unless=Kind a"`
		SkipUnless     any   `json:"skip_unless" validate:"skip_unless=Kind a"`
		Other          any   `json:"other"`
		Unique         []any `json:"unique" validate:"unique"`
	}
	const all = `"required_if":"v","required_unless":"v","excluded_if":"v","excluded_unless":"v","skip_unless":"v"`
	for body, want := range map[string]string{
		`{"kind":"a"}`:             `required_if is required here; skip_unless is required here`,
		`{"kind":"a",` + all + `}`: `excluded_if must be absent here`,
		`{"kind":"c","other":"x"}`: ``,
		`{"kind":"c"}`:             `required_unless is required here`,
		`{"kind":"c",` + all + `}`: `excluded_unless must be absent here`,
	} {
		for _, typ := range []reflect.Type{reflect.TypeFor[text](), reflect.TypeFor[anything]()} {
			v := rules(t)
			codec, problems := binding.CompileIn(typ)
			if problems = append(problems, codec.CheckRules(v)...); len(problems) > 0 {
				t.Fatal(problems)
			}
			for _, panics := range []string{"", `,"unique":[[]]`} {
				got, body := "", strings.TrimSuffix(body, "}")+panics+"}"
				if e := bindAny(t, codec, typ, v, body); e != nil {
					got = strings.ReplaceAll(e.Error(), "body.", "")
				}
				if panics != "" {
					got = strings.TrimSuffix(strings.TrimSuffix(got, "unique must not have the same item twice"), "; ")
				}
				if got != want {
					t.Errorf("%s with %v\ngot  %s\nwant %s", body, typ, got, want)
				}
			}
		}
	}
}
