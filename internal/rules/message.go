package rules

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
)

// ruleMessage says what a rule expects, never what it got.
func ruleMessage(rule, param string, kind reflect.Kind, t reflect.Type) string {
	if isPresence(rule) && rule != "isdefault" && !strings.HasPrefix(rule, "excluded") {
		return requiredMessage(rule, kind, t)
	}
	if text, ok := plainMessages[rule]; ok {
		return text
	}
	if text, ok := formats[rule]; ok {
		return "must be " + text
	}
	if format, ok := paramMessages[rule]; ok {
		if strings.HasSuffix(format, "of: %s") {
			param = strings.Join(strings.Fields(param), ", ")
		}
		return fmt.Sprintf(format, param)
	}
	if text := sizeMessage(rule, param, kind, t); text != "" {
		return text
	}
	if param != "" && !strings.Contains(rule, "|") { // alternatives have theirs
		rule += "=" + param
	}
	return fmt.Sprintf("does not satisfy the rule %q", rule)
}

// sizeMessage words the rules that mean a number, a length or a count,
// depending on what they stand on.
func sizeMessage(rule, param string, kind reflect.Kind, t reflect.Type) string {
	words, ok := comparisons[rule]
	if !ok {
		return ""
	}
	switch kind {
	case reflect.String:
		return fmt.Sprintf("must have %s %s", words.count, plural(param, "character"))
	case reflect.Slice, reflect.Map, reflect.Array:
		return fmt.Sprintf("must have %s %s", words.count, plural(param, "item"))
	case reflect.Struct:
		if gotype.IsTime(t) && param == "" {
			return "must be " + words.time + " now"
		}
	}
	return fmt.Sprintf("must be %s %s", words.number, param)
}

func plural(count, noun string) string {
	if count == "1" {
		return count + " " + noun
	}
	return count + " " + noun + "s"
}

var comparisons = map[string]struct{ number, count, time string }{
	"min": {"at least", "at least", "at or after"},
	"gte": {"at least", "at least", "at or after"},
	"max": {"at most", "at most", "at or before"},
	"lte": {"at most", "at most", "at or before"},
	"gt":  {"greater than", "more than", "after"},
	"lt":  {"less than", "fewer than", "before"},
	"len": {"exactly", "exactly", "exactly"},
}

var plainMessages = map[string]string{
	"excluded_if": "must be absent here", "excluded_unless": "must be absent here",
	"excluded_with": "must be absent here", "excluded_with_all": "must be absent here",
	"excluded_without": "must be absent here", "excluded_without_all": "must be absent here",
	"dive":      "must be a list or an object",
	"isdefault": "must be absent", "unique": "must not have the same item twice",
	"boolean": "must be true or false", "ascii": "must have ASCII characters only",
	"printascii": "must have printable ASCII characters only", "multibyte": "must have multibyte characters",
	"lowercase": "must be in lower case", "uppercase": "must be in upper case",
	"alpha": "must have letters a to z only", "alphaspace": "must have letters a to z and spaces only",
	"alphanum":        "must have letters a to z and digits only",
	"alphanumspace":   "must have letters a to z, digits and spaces only",
	"alphaunicode":    "must have letters only",
	"alphanumunicode": "must have letters and digits only",
	"numeric":         "must be a number", "number": "must have digits only", "hexadecimal": "must be a hexadecimal number",
}

// formats are the rules whose name is a format.
var formats = map[string]string{
	"email": "an e-mail address", "url": "a URL", "http_url": "an http or https URL", "https_url": "an https URL",
	"uri": "a URI", "uuid": "a UUID", "uuid3": "a UUID (version 3)", "uuid4": "a UUID (version 4)",
	"uuid5": "a UUID (version 5)", "uuid7": "a UUID (version 7)", "uuid_rfc4122": "a UUID", "uuid3_rfc4122": "a UUID (version 3)",
	"uuid4_rfc4122": "a UUID (version 4)", "uuid5_rfc4122": "a UUID (version 5)", "ulid": "a ULID",
	"e164": "a telephone number such as +14155552671", "base32": "base32", "base64": "base64",
	"base64url": "base64 for URLs", "base64rawurl": "base64 for URLs without padding", "json": "JSON", "jwt": "a JSON web token",
	"ip": "an IP address", "ip_addr": "an IP address", "ipv4": "an IPv4 address", "ip4_addr": "an IPv4 address",
	"ipv6": "an IPv6 address", "ip6_addr": "an IPv6 address", "cidr": "a CIDR block", "cidrv4": "an IPv4 CIDR block",
	"cidrv6": "an IPv6 CIDR block", "mac": "a MAC address", "hostname": "a host name", "hostname_rfc1123": "a host name",
	"hostname_port": "a host name and port", "fqdn": "a fully qualified domain name", "port": "a port number",
	"tcp_addr": "a TCP address", "udp_addr": "a UDP address", "datauri": "a data URI", "hexcolor": "a colour such as #ff8800",
	"rgb": "an RGB colour", "rgba": "an RGBA colour", "hsl": "an HSL colour", "hsla": "an HSLA colour",
	"iscolor": "a colour", "latitude": "a latitude", "longitude": "a longitude", "timezone": "a time zone such as Europe/Paris",
	"semver": "a semantic version such as 1.2.3", "credit_card": "a credit card number", "luhn_checksum": "a number with a right checksum",
	"isbn": "an ISBN", "isbn10": "an ISBN-10", "isbn13": "an ISBN-13", "issn": "an ISSN", "bic": "a BIC", "cve": "a CVE identifier",
	"iso3166_1_alpha2": "a two-letter country code", "iso3166_1_alpha3": "a three-letter country code", "country_code": "a country code",
	"iso4217": "a currency code such as EUR", "bcp47_language_tag": "a language tag such as en-GB", "cron": "a cron expression",
	"html": "HTML", "url_encoded": "URL-encoded", "md5": "an MD5 sum", "sha256": "a SHA-256 sum", "sha384": "a SHA-384 sum",
	"sha512": "a SHA-512 sum", "mongodb": "a MongoDB id", "dns_rfc1035_label": "a DNS label", "file": "an existing file",
	"dir": "an existing directory", "filepath": "a file path", "dirpath": "a directory path", "image": "an image",
	"duration": "a duration such as 1m30s",
}

// paramMessages take the rule's parameter.
var paramMessages = map[string]string{
	"eq": "must be %s", "ne": "must not be %s", "eq_ignore_case": "must be %s", "ne_ignore_case": "must not be %s",
	"oneof": "must be one of: %s", "oneofci": "must be one of: %s", "noneof": "must be none of: %s", "noneofci": "must be none of: %s",
	"contains": "must contain %q", "containsany": "must contain one of the characters %q", "containsrune": "must contain %q",
	"excludes": "must not contain %q", "excludesall": "must not contain any of the characters %q", "excludesrune": "must not contain %q",
	"startswith": "must start with %q", "endswith": "must end with %q",
	"startsnotwith": "must not start with %q", "endsnotwith": "must not end with %q",
	"datetime": "must be a time in the form %s",
	"eqfield":  "must be the same as %s", "nefield": "must not be the same as %s", "gtfield": "must be greater than %s",
	"gtefield": "must be at least %s", "ltfield": "must be less than %s", "ltefield": "must be at most %s",
	"eqcsfield": "must be the same as %s", "necsfield": "must not be the same as %s", "gtcsfield": "must be greater than %s",
	"gtecsfield": "must be at least %s", "ltcsfield": "must be less than %s", "ltecsfield": "must be at most %s",
	"fieldcontains": "must contain %s", "fieldexcludes": "must not contain %s",
}
