package repotest

import "testing"

// What brings net/http into a binary, directly or by itself.
var http = []string{"net/http/...", "net/rpc/...", "expvar"}

// What only test helpers may link: it registers flags.
const testingTree = "testing/..."

const awsTree = "github.com/aws/..."

func never(patterns ...string) []string { return append(patterns, testingTree) }

// importRules say who may import whom. They are not changed to make a build
// pass: a new edge is a decision about the design, with a reason in Why.
var importRules = ImportRules{
	{
		Dir: "binding", Tests: true,
		Own:   []string{"binding/internal/bodysize", "binding/internal/formdata", "binding/internal/jsonname", "binding/internal/jsonoptions", "binding/internal/jsonout", "binding/internal/jsonsent", "binding/internal/urlencoded", "internal/fieldline", "internal/gotype", "internal/model", "internal/rules", "internal/textvalue", "validation"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(append(http, awsTree)...),
		Why:   "binding is a leaf that every host implements; it knows neither functions nor hosts nor net/http",
	},
	{
		Dir:   "binding/internal/bodysize",
		Own:   []string{"binding/internal/jsonname", "internal/gotype", "internal/rules"},
		Other: []string{"github.com/go-json-experiment/json/jsontext"},
		Never: never(append(http, awsTree)...),
		Why:   "bodysize knows types, their rules and JSON, and nothing of requests",
	},
	{
		Dir:   "binding/internal/formdata",
		Never: never(append(http, awsTree)...),
		Why:   "formdata reads one form of bodies, and knows no request",
	},
	{
		Dir:   "binding/internal/jsonname",
		Never: never(append(http, awsTree)...),
		Why:   "jsonname compares words",
	},
	{
		Dir:   "binding/internal/jsonsent",
		Own:   []string{"binding/internal/jsonname"},
		Other: []string{"github.com/go-json-experiment/json/jsontext"},
		Never: never(append(http, awsTree)...),
		Why:   "jsonsent reads JSON text, and knows neither types nor requests",
	},
	{
		Dir:   "binding/internal/urlencoded",
		Never: never(append(http, awsTree)...),
		Why:   "urlencoded reads one form of text",
	},
	{
		Dir:   "binding/internal/jsonoptions",
		Own:   []string{"internal/gotype", "internal/jsonnumber", "internal/model", "internal/promotion", "internal/textvalue"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(append(http, awsTree)...),
		Why:   "jsonoptions knows what the JSON package is told about types, and no request",
	},
	{
		Dir:   "binding/internal/jsonout",
		Own:   []string{"internal/gotype"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(append(http, awsTree)...),
		Why:   "jsonout knows types and tags, and leaves to the JSON package what it does not know",
	},
	{
		Dir:   "validation",
		Never: never(append(http, awsTree)...),
		Why:   "validation is the words in which binding and config speak to a validator, and nothing that answers",
	},
	{
		Dir:   "internal/rules",
		Own:   []string{"internal/gotype", "internal/rules/quick", "validation"},
		Other: []string{"github.com/go-playground/validator/v10/..."},
		Never: never(append(http, awsTree)...),
		Why:   "rules judges Go values by their tags, for binding and config, and knows neither requests nor variables",
	},
	{
		Dir:   "internal/rules/quick",
		Own:   []string{"internal/gotype"},
		Never: never(append(http, awsTree)...),
		Why:   "quick knows types and tags, and asks go-playground/validator in its tests alone",
	},
	{
		Dir:   "internal/untyped",
		Never: never(append(http, awsTree)...),
		Why:   "untyped is one variable between fn and what draws apps: it knows neither",
	},
	{
		Dir:   "internal/tagkey",
		Own:   []string{"internal/suggest"},
		Never: never(append(http, awsTree)...),
		Why:   "tagkey compares words, for binding and config",
	},
	{
		Dir:   "internal/buildtag",
		Never: never(append(http, awsTree)...),
		Why:   "buildtag is a list of words, for fn, which refuses them as names, and for what builds units",
	},
	{
		Dir:   "internal/funcname",
		Never: never(append(http, awsTree)...),
		Why:   "funcname is the grammar of names and selectors, for all that take some",
	},
	{
		Dir:   "internal/duration",
		Never: never(append(http, awsTree)...),
		Why:   "duration judges one form of text, for binding and config",
	},
	{
		Dir:   "internal/model",
		Own:   []string{"internal/fieldline", "internal/gotype", "internal/promotion", "internal/tagkey", "internal/textvalue", "validation"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(append(http, awsTree)...),
		Why:   "a model is what types say, for binding, contracts and descriptions: it knows neither requests nor functions",
	},
	{
		Dir:   "internal/textvalue",
		Own:   []string{"internal/duration", "internal/gotype", "internal/jsonnumber", "internal/promotion", "internal/rfc3339"},
		Other: []string{"github.com/go-json-experiment/json/jsontext"},
		Never: never(append(http, awsTree)...),
		Why:   "textvalue reads text into values of types, and knows no request",
	},
	{
		Dir:   "internal/rfc3339",
		Never: never(append(http, awsTree)...),
		Why:   "rfc3339 reads one form of text, for binding and config",
	},
	{
		Dir:   "internal/jsonnumber",
		Other: []string{"github.com/go-json-experiment/json/jsontext"},
		Never: never(append(http, awsTree)...),
		Why:   "jsonnumber knows one type, for binding, config and the details of errors",
	},
	{
		Dir:   "internal/gotype",
		Other: []string{"github.com/go-json-experiment/json"},
		Never: never(append(http, awsTree)...),
		Why:   "gotype goes through the fields of structs for all who look at types, so it knows none of them",
	},
	{
		Dir:   "internal/promotion",
		Own:   []string{"internal/gotype"},
		Never: never(append(http, awsTree)...),
		Why:   "promotion looks at types by reflection alone, for binding and config",
	},
	{
		Dir:   "config", // its tests hold Secret to the loggers and encoders that it must not leak through
		Own:   []string{"config/dotenv", "internal/duration", "internal/gotype", "internal/jsonnumber", "internal/promotion", "internal/rfc3339", "internal/rules", "internal/tagkey", "validation"},
		Never: never(append(http, awsTree)...),
		Why:   "config is a leaf; it knows neither functions nor hosts, nor binding, with which it shares the rules and nothing else",
	},
	{
		Dir:   "config/dotenv",
		Other: []string{"github.com/joho/godotenv"},
		Never: never(append(http, awsTree)...),
		Why:   "dotenv is one source of a config, and the only one that a Lambda function does without",
	},
	{
		Dir:   "fn",
		Own:   []string{"binding", "config", "fn/internal/outgoing", "fn/internal/rawbody", "fn/internal/shape", "fn/internal/wire", "internal/buildtag", "internal/fieldline", "internal/model", "internal/funcname", "internal/httpstatus", "internal/pattern", "internal/rules/quick", "internal/untyped"},
		Other: []string{"github.com/cenkalti/backoff/v5", "github.com/go-json-experiment/json/...", "github.com/rs/zerolog"},
		Never: never(append(http, awsTree)...),
		Why:   "fn is the waist between functions and hosts; a unit that is no HTTP server must not carry net/http, and no host is special",
	},
	{
		Dir:   "fn/internal/rawbody",
		Never: never(append(http, awsTree)...),
		Why:   "rawbody keeps what it reads, and knows no host",
	},
	{
		Dir:   "fn/internal/shape",
		Own:   []string{"internal/gotype", "internal/model"},
		Never: never(http...),
		Why:   "shape reads models and knows no function",
	},
	{
		Dir:   "internal/together",
		Own:   []string{"fn"},
		Never: never(append(http, awsTree)...),
		Why:   "together looks at functions, for what cuts an app and for the host that the cut is made for",
	},
	{
		Dir:   "fn/internal/outgoing",
		Other: []string{},
		Why:   "between fn and the adapters of handlers that send their response themselves",
	},
	{
		Dir:   "fn/internal/wire",
		Own:   []string{"binding", "internal/jsonnumber"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(append(http, awsTree)...),
		Why:   "wire is the envelope of calls, whatever carries it",
	},
	{
		Dir:   "middleware",
		Own:   []string{"binding", "fn", "internal/fieldline"},
		Other: []string{"github.com/rs/zerolog"},
		Never: never(append(http, awsTree)...),
		Why:   "middleware works in every host and for every trigger, so it knows none of them",
	},
	{
		Dir:   "fn/fnhttp",
		Own:   []string{"binding", "config", "fn", "fn/internal/outgoing", "fn/internal/wire", "internal/fieldline", "internal/httpstatus", "internal/router"},
		Other: []string{"github.com/rs/zerolog"},
		Never: never(awsTree),
		Why:   "an HTTP server carries no code of a cloud",
	},
	{
		Dir:   "fn/fnlambda/awsevent",
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(awsTree),
		Why:   "awsevent is the other side of the Lambda host: what it shares with it would hide the bugs of both",
	},
	{
		Dir:   "fn/fnlambda/internal/scan",
		Never: never(append(http, awsTree)...),
		Why:   "scan reads JSON and stands on the standard library alone; its tests hold it to jsontext",
	},
	{
		Dir:   "fn/fnlambda/internal/frontdoor",
		Own:   []string{"binding", "fn/fnlambda/internal/scan", "internal/fieldline"},
		Never: never(awsTree),
		Why:   "frontdoor knows the formats of events and responses, and neither functions nor what finds them",
	},
	{
		Dir:   "fn/fnlambda/internal/eventkind",
		Own:   []string{"fn/fnlambda/internal/scan"},
		Never: never(append(http, awsTree)...),
		Why:   "eventkind looks at the members of an event, and knows no function",
	},
	{
		Dir:   "fn/fnlambda",
		Own:   []string{"binding", "fn", "fn/fnlambda/internal/eventkind", "fn/fnlambda/internal/frontdoor", "fn/fnlambda/internal/scan", "internal/funcname", "internal/httpstatus", "internal/pattern", "internal/router", "internal/tenant", "internal/together"},
		Other: []string{"github.com/aws/aws-lambda-go/...", "github.com/go-json-experiment/json/...", "github.com/rs/zerolog"},
		Never: never("github.com/aws/aws-sdk-go-v2/..."),
		Why:   "a Lambda binary carries the runtime client and no HTTP server of ours, and a unit must not grow by an SDK",
	},
	{
		Dir:   "fn/fntest",
		Own:   []string{"binding", "config", "fn", "fn/fnhttp", "fn/fnlambda", "fn/fnlambda/awsevent", "fn/remote", "internal/pattern", "internal/randomreq", "internal/router"},
		Other: []string{"github.com/aws/aws-lambda-go/...", "github.com/aws/aws-sdk-go-v2/aws", "github.com/go-json-experiment/json/...", "github.com/rs/zerolog"},
		Why:   "fntest runs an app on every host, and no assertion library may reach an importer's go.mod",
	},
	{
		Dir:   "fn/hosttest",
		Own:   []string{"fn"},
		Other: []string{"github.com/rs/zerolog"},
		Never: []string{awsTree},
		Why:   "hosttest asks any host, so it knows none, and it is written with what somebody else's host has",
	},
	{
		Dir:   "fn/dev",
		Own:   []string{"fn", "fn/fnlambda/awsevent", "fn/grain", "fn/remote", "internal/pattern", "internal/router", "internal/runtimeapi"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(),
		Why:   "dev runs the units of a grain, as binaries, against stand-ins of AWS, which follow AWS's pages and not AWS's clients",
	},
	{
		Dir:   "fn/resource",
		Own:   []string{"config", "fn", "internal/funcname"},
		Never: never("github.com/aws/..."),
		Why:   "resources are identities, names and needs: whoever reaches data brings a library of his own",
	},
	{
		Dir:   "fn/grain",
		Own:   []string{"fn", "internal/buildtag", "internal/funcname", "internal/model", "internal/suggest", "internal/together"},
		Never: never(append(http, awsTree)...),
		Why:   "grain is pure: it looks at functions, and runs nothing",
	},
	{
		Dir:   "fn/remote",
		Own:   []string{"config", "fn", "fn/internal/wire", "internal/funcname", "internal/tenant"},
		Other: []string{"github.com/aws/aws-sdk-go-v2/aws", "github.com/aws/aws-sdk-go-v2/aws/signer/v4"},
		Never: never("github.com/aws/aws-sdk-go-v2/service/...", "github.com/aws/aws-sdk-go-v2/config"),
		Why:   "remote signs its own requests: a unit that calls a sibling must not grow by an SDK",
	},
	{
		Dir:   "fn/run",
		Own:   []string{"binding", "config", "config/dotenv", "fn", "fn/dev", "fn/fnhttp", "fn/fnlambda", "fn/fnlambda/awsevent", "fn/grain", "fn/remote", "fn/run/internal/tagcheck", "internal/funcname", "internal/suggest"},
		Other: []string{"github.com/go-json-experiment/json/...", "github.com/rs/zerolog"},
		Never: []string{testingTree},
		Why:   "run joins an app with the host that the build tags choose",
	},
	{
		Dir:   "fn/run/internal/tagcheck",
		Own:   []string{"fn", "fn/grain", "internal/buildtag", "internal/funcname", "internal/suggest"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Never: never(append(http, awsTree)...),
		Why:   "tagcheck reads source for developers' commands, and knows no host",
	},
	{
		Dir:   "internal/fieldline",
		Never: never(append(http, awsTree)...),
		Why:   "fieldline is what HTTP says of header fields, for binding, fn, middleware and hosts",
	},
	{
		Dir:   "internal/runtimeapi",
		Never: never(awsTree),
		Why:   "the stand-in for the Runtime API follows AWS's page, not AWS's client, so that the two check each other",
	},
	{
		Dir: "internal/pattern", Tests: true,
		Own:   []string{"internal/fieldline"},
		Never: never(http...),
		Why:   "pattern is the grammar of routes and knows no function; what a token is, it asks where all do",
	},
	{
		Dir:   "internal/tenant",
		Never: never(append(http, awsTree)...),
		Why:   "tenant is what the Lambda host tells the calls of its functions, and neither knows the other",
	},
	{
		Dir:   "internal/suggest",
		Never: never(append(http, awsTree)...),
		Why:   "suggest compares words, for tagkey, grains and commands",
	},
	{
		Dir:   "internal/router",
		Own:   []string{"binding", "fn", "internal/pattern"},
		Never: never(awsTree),
		Why:   "router is what the HTTP-shaped hosts share; it knows no platform",
	},
	{
		Dir:   "internal/httpstatus",
		Never: never(append(http, awsTree)...),
		Why:   "httpstatus is what of net/http a unit needs that does not carry it",
	},
	{
		Dir:   "internal/dice",
		Never: never(append(http, awsTree)...),
		Why:   "dice are random choices that a seed repeats",
	},
	{
		Dir:   "internal/randomreq",
		Own:   []string{"binding", "fn", "internal/dice"},
		Other: []string{"github.com/go-json-experiment/json/..."},
		Why:   "randomreq makes requests for functions, and knows no host; fntest.Random links it, and nothing else but tests",
	},
	{
		Dir: "internal/randomapp",
		Own: []string{"binding", "fn", "internal/dice", "internal/randomreq", "internal/untyped", "middleware"},
		Why: "randomapp makes apps, and knows no host; tests alone link it",
	},
	{
		Dir:   "internal/repotest",
		Tests: true,
		Why:   "the checks of the repository read files and need nothing else",
	},
	{
		Dir:   "benchmarks/...",
		Own:   []string{"benchmarks/...", "config", "fn", "fn/fnhttp", "fn/fnlambda", "fn/fnlambda/awsevent", "fn/fntest", "fn/remote", "fn/run", "internal/runtimeapi", "middleware"},
		Other: []string{"github.com/..."},
		Why:   "the benchmarks are a module of their own, which has the peers that no importer is to see",
	},
	{
		Dir:   "examples/outside/...",
		Own:   []string{"config", "fn", "fn/hosttest", "fn/resource"},
		Other: []string{"example.com/outside/..."},
		Tests: true,
		Never: []string{awsTree},
		Why:   "outside is a module of somebody else, who adds a trigger, a resource, a middleware and a host with exported names alone",
	},
	{
		Dir:   "examples/...",
		Own:   []string{"binding", "config", "fn", "fn/fnhttp", "fn/fnlambda", "fn/fntest", "fn/run", "middleware", "examples/..."},
		Other: []string{"github.com/aws/aws-lambda-go/...", "github.com/rs/zerolog"},
		Why:   "an example uses what any importer can use",
	},
}

// conduct says what a library does not do to the program that imports it.
var conduct = Conduct{
	Programs: []string{"benchmarks/...", "examples/...", "cmd/...", "internal/repotest"},
	Bans: []Ban{
		{
			Calls: []string{"os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv", "syscall.Getenv"},
			In:    []string{"config", "config/dotenv", "fn/fnhttp", "fn/fnlambda", "fn/run", "fn/run/internal/tagcheck"}, // tagcheck hands it to the go command
			Why:   "The environment is read by config and by hosts; take the value as a parameter or a field of the app's config",
		},
		{
			Calls: []string{"log.Fatal*", "log.Panic*", "os.Exit"},
			Why:   "A library does not end the program; return an error",
		},
		{
			Calls: []string{"fmt.Print*", "log.Print*", "print", "println"},
			Why:   "A library does not write to standard output; use the app's logger, or an io.Writer that the caller gives",
		},
		{
			Calls: []string{"panic"},
			Why:   "A library returns errors; a panicking form is a thin wrapper that the table of exceptions names with its reason",
		},
	},
	Exceptions: []Exception{
		{Dir: "internal/randomapp", Func: "fail", Call: "panic", Why: "functions of random apps panic, to see that it is the same everywhere"},
		{Dir: "fn/hosttest", Func: "crash", Call: "panic", Why: "a function that panics, to see that the host goes on"},
		{Dir: "fn", Func: "App.MustStart", Call: "panic", Why: "the short form of Start, for programs and tests"},
		{Dir: "fn/fnhttp", Func: "checkStatus", Call: "panic", Why: "WriteHeader panics with a status that is none, as net/http's own does; it ends in the handler's answer, a 500"},
		{Dir: "fn/fnhttp", Func: "abort", Call: "panic", Why: "http.ErrAbortHandler is net/http's own way to cut a connection whose response is broken"},
		{Dir: "fn", Func: "hooksFrom", Call: "panic", Why: "OnStart with a foreign context is a mistake of the program that no input causes; a hook that is lost silently would be worse"},
		{Dir: "middleware", Func: "CORS", Call: "panic", Why: "the short form of NewCORS, for options that are written in the program"},
		{Dir: "fn/run", Func: "Main", Call: "os.Exit", Why: "it is the whole of a program's main and says so"},
	},
}

func TestNoPackageImportsWhatItMayNot(t *testing.T) {
	report(t, importRules.Check(load(t, root)))
}

func TestNoLibraryDecidesForItsProgram(t *testing.T) {
	report(t, conduct.Check(load(t, root)))
}
