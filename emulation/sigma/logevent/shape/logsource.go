package shape

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// named is the log source that a record names, or the list of those it belongs to; nil
// if it names none. It fails where what it has in that place is something else.
func named(v *record.Value) ([]logevent.LogSource, error) {
	switch {
	case v == nil || v.Kind == record.Null:
		return nil, nil
	case v.Kind == record.Object:
		l, err := oneNamed(v)
		if err != nil || l.IsZero() {
			return nil, err
		}
		return []logevent.LogSource{l}, nil
	case v.Kind != record.List:
		return nil, errLogSource
	}
	var out []logevent.LogSource
	for i := range v.Members {
		if v.Members[i].Kind != record.Object {
			return nil, errLogSource
		}
		l, err := oneNamed(&v.Members[i].Value)
		if err != nil {
			return nil, err
		}
		if !l.IsZero() {
			out = append(out, l)
		}
	}
	return out, nil
}

func oneNamed(v *record.Value) (logevent.LogSource, error) {
	var parts [3]string
	for i, name := range [...]string{"category", "product", "service"} {
		if part := v.Get(name); part != nil && part.Kind != record.Text && part.Kind != record.Null {
			return logevent.LogSource{}, errLogSource
		}
		parts[i] = v.Get(name).Scalar()
	}
	return logevent.NewLogSource(parts[0], parts[1], parts[2]), nil
}

// ParseLogSource reads a log source as a person gives it: "product=aws,service=cloudtrail"
// or "product/category/service" with "*" for what is not named. It fails where a part
// is not one of these, or nothing is named.
func ParseLogSource(s string) (logevent.LogSource, error) {
	var l logevent.LogSource
	wrong := fmt.Errorf("a log source must be like product=aws,service=cloudtrail or aws/*/cloudtrail: %q", s)
	if !strings.Contains(s, "=") {
		parts := strings.Split(s, "/")
		if len(parts) != 3 {
			return l, wrong
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(strings.TrimSuffix(parts[i], "*"))
		}
		l = logevent.NewLogSource(parts[1], parts[0], parts[2])
	} else {
		for part := range strings.SplitSeq(s, ",") {
			name, value, _ := strings.Cut(part, "=")
			value = strings.ToLower(strings.TrimSpace(value))
			switch strings.TrimSpace(name) {
			case "category":
				l.Category = value
			case "product":
				l.Product = value
			case "service":
				l.Service = value
			default:
				return l, wrong
			}
		}
	}
	if l.IsZero() {
		return l, wrong
	}
	return l, nil
}

// sourcesIn are the log sources that the value of a field names; nil if it names none.
// Data sets of Elastic and source types of Splunk have the product, then the service.
func sourcesIn(v *record.Value) []logevent.LogSource {
	if sources, err := named(v); err == nil {
		return sources
	}
	if v.Kind != record.Text || v.Text == "" {
		return nil
	}
	if l, err := ParseLogSource(v.Text); err == nil {
		return []logevent.LogSource{l}
	}
	product, service, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(v.Text), ":", "."), ".")
	if product == "" {
		return nil
	}
	return []logevent.LogSource{{Product: product, Service: service}}
}
