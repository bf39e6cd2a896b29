package eventkind

import "strings"

// namesOf returns the names by which a source is known: an ARN, and the name of the resource in
// it. What is no ARN is a name itself.
func namesOf(value string) []string {
	parts := strings.SplitN(value, ":", arnParts)
	if len(parts) < arnParts || parts[0] != "arn" {
		return []string{value}
	}
	return append([]string{value}, resourceNames(strings.TrimSuffix(value, parts[arnParts-1]), parts[arnParts-1])...)
}

// arnParts is how many parts an ARN has: arn:partition:service:region:account:resource.
const arnParts = 6

// resourceNames are the names in the last part of an ARN. Its form is the service's affair (AWS
// Service Authorization Reference); before is what stands before it.
func resourceNames(before, resource string) []string {
	i := strings.IndexAny(resource, "/:")
	if i < 0 {
		return []string{resource} // a queue, a topic, a bucket, a repository
	}
	typ, name := resource[:i], resource[i+1:]
	switch typ {
	case "table": // table/NAME/stream/TIME
		name, _, _ = strings.Cut(name, "/")
		return []string{before + "table/" + name, name}
	case "stream": // stream/NAME, stream/NAME/consumer/C:TIME
		name, _, _ = strings.Cut(name, "/")
		return []string{before + "stream/" + name, name}
	case "rule", "schedule": // rule/NAME, rule/BUS/NAME, schedule/GROUP/NAME
		return []string{name, name[strings.LastIndexByte(name, '/')+1:]}
	case "secret": // secret:NAME-RANDOM
		if j := len(name) - len("-RANDOM"); j > 0 && name[j] == '-' {
			return []string{name, name[:j]}
		}
		return []string{name}
	case "alarm", "accesspoint", "deliverystream", "application", "instance", "config-rule":
		return []string{name}
	case "cluster", "broker", "function": // cluster/NAME/UUID, broker:NAME:ID, function:NAME:VERSION
		if j := strings.IndexAny(name, "/:"); j >= 0 {
			name = name[:j]
		}
		return []string{name}
	}
	return []string{typ} // of execute-api: API/STAGE/METHOD/PATH
}
