package awsevent

// albEvent is what the events of the two kinds of load balancer targets share.
type albEvent struct {
	Context albContext `json:"requestContext"`
	Method  string     `json:"httpMethod"`
	Path    string     `json:"path"`

	Query       map[string]string   `json:"queryStringParameters,omitzero"`
	MultiQuery  map[string][]string `json:"multiValueQueryStringParameters,omitzero"`
	Header      map[string]string   `json:"headers,omitzero"`
	MultiHeader map[string][]string `json:"multiValueHeaders,omitzero"`

	Body            string `json:"body"`
	IsBase64Encoded bool   `json:"isBase64Encoded"`
}

type albContext struct {
	ELB struct {
		TargetGroupARN string `json:"targetGroupArn"`
	} `json:"elb"`
}

// albEvent is the event of a load balancer. Everything stays percent-encoded.
// A target has either single values, of several the last, or multiple ones.
func (r *Request) albEvent(f Format) albEvent {
	path, raw := r.split()
	parameters, header := query(raw, verbatim), lower(r.header(f))
	e := albEvent{Method: r.Method, Path: path}
	e.Context.ELB.TargetGroupARN = "arn:aws:elasticloadbalancing:us-east-1:" + accountID + ":targetgroup/functions/0123456789abcdef"
	if f == ALBMulti {
		e.MultiQuery, e.MultiHeader = orEmpty(parameters), header
	} else {
		e.Query, e.Header = orEmpty(lasts(parameters)), lasts(header)
	}
	e.Body, e.IsBase64Encoded = r.body(f)
	return e
}
