package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// otlp writes events as logs of OpenTelemetry, in the JSON of its protocol: each
// line is a request to export one record. The event's fields are the body; what
// ringer says of it is in attributes. The run is the trace, the step the span.
type otlp struct {
	lines
	about Run
}

func newOTLP(w io.Writer, about Run) Writer { return otlp{newLines(w), about} }

// The objects of the protocol, by the names of their messages. Numbers of 64 bits
// are texts there, and ids are in hexadecimal.
type (
	otlpRequest struct {
		ResourceLogs []otlpResourceLogs `json:"resourceLogs"`
	}
	otlpResourceLogs struct {
		Resource  otlpResource    `json:"resource"`
		ScopeLogs []otlpScopeLogs `json:"scopeLogs"`
	}
	otlpResource struct {
		Attributes []otlpKeyValue `json:"attributes"`
	}
	otlpScopeLogs struct {
		Scope      otlpScope       `json:"scope"`
		LogRecords []otlpLogRecord `json:"logRecords"`
	}
	otlpScope struct {
		Name    string `json:"name"`
		Version string `json:"version,omitempty"`
	}
	otlpLogRecord struct {
		TimeUnixNano         string         `json:"timeUnixNano"`
		ObservedTimeUnixNano string         `json:"observedTimeUnixNano"`
		SeverityNumber       int            `json:"severityNumber"`
		SeverityText         string         `json:"severityText"`
		EventName            string         `json:"eventName"`
		Body                 otlpValue      `json:"body"`
		Attributes           []otlpKeyValue `json:"attributes"`
		TraceID              string         `json:"traceId"`
		SpanID               string         `json:"spanId"`
	}
	otlpKeyValue struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	// otlpValue has one of its fields, or none where there is no value.
	otlpValue struct {
		StringValue *string      `json:"stringValue,omitempty"`
		BoolValue   *bool        `json:"boolValue,omitempty"`
		IntValue    *string      `json:"intValue,omitempty"`
		DoubleValue *float64     `json:"doubleValue,omitempty"`
		ArrayValue  *otlpArray   `json:"arrayValue,omitempty"`
		KvlistValue *otlpKeyList `json:"kvlistValue,omitempty"`
	}
	otlpArray struct {
		Values []otlpValue `json:"values"`
	}
	otlpKeyList struct {
		Values []otlpKeyValue `json:"values"`
	}
)

// otlpInfo is the severity of an event on which no rule alerted.
const otlpInfo = 9

// otlpSeverities are the severities by Sigma's level.
var otlpSeverities = map[string]int{"informational": otlpInfo, "low": 10, "medium": 13, "high": 17, "critical": 21}

// Write writes one line.
func (o otlp) Write(r Record) error {
	at := strconv.FormatUint(unixNano(&r), 10)
	record := otlpLogRecord{
		TimeUnixNano: at, ObservedTimeUnixNano: at, SeverityNumber: otlpInfo, SeverityText: "informational",
		EventName: string(kindOf(&r)),
		Body:      otlpValue{KvlistValue: &otlpKeyList{otlpKeyValues(plain(r.own(o.about)).(map[string]any))}},
		TraceID:   traceID(o.about.ID),
		SpanID:    spanID(r.Scenario, r.Event.Lineage.Step),
	}
	if rule, ok := worst(r.Alerts); ok && otlpSeverities[rule.Level] > 0 {
		record.SeverityNumber, record.SeverityText = otlpSeverities[rule.Level], rule.Level
	}
	said := map[string]any{contextName: r.context(o.about)}
	record.Attributes = otlpAttributes(said, "")
	resource := []otlpKeyValue{{"service.name", otlpOf("ringer")}}
	add := func(name, value string) {
		if value != "" {
			resource = append(resource, otlpKeyValue{name, otlpOf(value)})
		}
	}
	add("service.version", o.about.Version)
	add("host.name", r.Host.Name)
	add("os.type", string(r.Host.Platform))
	return o.encode(otlpRequest{[]otlpResourceLogs{{
		Resource:  otlpResource{resource},
		ScopeLogs: []otlpScopeLogs{{otlpScope{"ringer", o.about.Version}, []otlpLogRecord{record}}},
	}}})
}

// unixNano is the event's time in nanoseconds since 1970; a time that cannot be
// said so is 0, which the protocol has for an unknown one.
func unixNano(r *Record) uint64 {
	if seconds := r.Event.Time.Unix(); seconds < 0 || seconds >= math.MaxInt64/int64(time.Second) {
		return 0
	}
	return uint64(r.Event.Time.UnixNano())
}

// otlpAttributes are the values of nested objects by dotted names, as attributes
// have them; those of the joined fields and of provenances by field stay objects.
func otlpAttributes(of map[string]any, prefix string) []otlpKeyValue {
	var all []otlpKeyValue
	for _, name := range sortedNames(of) {
		inner, nested := of[name].(object)
		if nested && name != "field_provenance" && name != "fields" {
			all = append(all, otlpAttributes(inner, prefix+name+".")...)
			continue
		}
		all = append(all, otlpKeyValue{prefix + name, otlpOf(of[name])})
	}
	return all
}

func otlpKeyValues(of map[string]any) []otlpKeyValue {
	all := make([]otlpKeyValue, 0, len(of))
	for _, name := range sortedNames(of) {
		all = append(all, otlpKeyValue{name, otlpOf(of[name])})
	}
	return all
}

// otlpOf is a value of plain, or of a context, as the protocol has it.
func otlpOf(v any) otlpValue {
	switch v := v.(type) {
	case nil:
		return otlpValue{}
	case string:
		return otlpValue{StringValue: &v}
	case bool:
		return otlpValue{BoolValue: &v}
	case float64:
		return otlpValue{DoubleValue: &v}
	case map[string]any:
		return otlpValue{KvlistValue: &otlpKeyList{otlpKeyValues(v)}}
	case object:
		return otlpValue{KvlistValue: &otlpKeyList{otlpKeyValues(v)}}
	case []any:
		return otlpList(v)
	case []string:
		return otlpList(v)
	case []object:
		return otlpList(v)
	case []uint64:
		return otlpList(v)
	}
	text := fmt.Sprint(v)
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return otlpValue{IntValue: &text}
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(number, 0) {
		return otlpValue{DoubleValue: &number}
	}
	return otlpValue{StringValue: &text}
}

func otlpList[V any](of []V) otlpValue {
	values := make([]otlpValue, len(of))
	for i, item := range of {
		values[i] = otlpOf(item)
	}
	return otlpValue{ArrayValue: &otlpArray{values}}
}

// traceID is the run as an id of 16 bytes: a UUID is one already.
func traceID(run string) string {
	if isUUID(run) && strings.Trim(run, "0-") != "" {
		return strings.ToLower(strings.ReplaceAll(run, "-", ""))
	}
	sum := sha256.Sum256([]byte(run))
	return hex.EncodeToString(sum[:16])
}

// spanID is a step as an id of 8 bytes.
func spanID(scenario, step string) string {
	sum := sha256.Sum256([]byte(scenario + "/" + step))
	return hex.EncodeToString(sum[:8])
}
