package tagkey

// foreign are keys that other packages read, or may well read, and that are as like ours
// as a misspelling is, or were often asked about.
var foreign = []string{
	// encodings
	"json", "xml", "yaml", "yml", "toml", "bson", "cbor", "csv", "ini", "hcl", "avro", "msgpack", "codec", "protobuf", "protobuf_oneof",
	"jsonb", "jsonc", "jsonp", "hjson", "ejson", "gjson", "sjson", "xjson", "ion", "plist", "asn", "properties",
	// stores
	"gorm", "xorm", "orm", "norm", "db", "sql", "pg", "bun", "boil", "ent", "dynamodbav", "dynamo", "firestore", "datastore", "redis", "cql", "spanner",
	// requests and binders
	"path", "query", "header", "cookie", "form", "body", "uri", "url", "param", "params", "schema", "binding", "mapstructure", "structs", "patch", "multipart",
	// rules and defaults
	"validate", "valid", "default", "mod", "conform", "sanitize", "invalidate",
	// descriptions
	"doc", "docs", "example", "description", "desc", "enum", "enums", "swaggertype", "swaggerignore", "jsonschema", "title", "format", "required", "pattern", "extensions",
	// configs and commands
	"env", "envconfig", "flag", "help", "cmd", "arg", "name", "usage", "koanf", "kong", "long", "short",
	// scrapers, templates, metrics
	"xpath", "jquery", "goquery", "selector", "reader", "leader", "loader", "render", "sender", "helper", "holder", "queue", "math", "noprefix", "statsd", "head", "heads", "stat", "stats", "state", "states", "static", "status",
}
