package wazuh

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/spelling"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Taxonomy is what rules name the schema by.
const Taxonomy = "wazuh"

// section is what problems name as their source.
const section = "Wazuh 5: rules"

// Prepare returns the rules as Wazuh uses them, those that it would not use, and why.
// Rules that name another taxonomy are returned as they are. Of the others it leaves out
// those with "enabled: false", and those with errors: a missing status, level or product,
// and fields that the schema does not have. Events belong to a rule by its product alone,
// whatever its category and service.
func Prepare(rules []*sigma.Rule) (kept, leftOut []*sigma.Rule, problems []sigma.Problem) {
	for _, rule := range rules {
		if rule.Taxonomy != "" && rule.Taxonomy != Taxonomy || rule.Kind != sigma.Detection {
			kept = append(kept, rule)
			continue
		}
		found := check(rule)
		problems = append(problems, found...)
		if len(found) > 0 || rule.Custom["enabled"] == false {
			leftOut = append(leftOut, rule)
			continue
		}
		own := *rule
		own.Taxonomy, own.LogSource = Taxonomy, logevent.NewLogSource("", rule.LogSource.Product, "")
		kept = append(kept, &own)
	}
	return kept, leftOut, problems
}

func check(rule *sigma.Rule) []sigma.Problem {
	var problems []sigma.Problem
	report := func(summary, format string, args ...any) {
		problems = append(problems, sigma.Problem{Severity: sigma.Error, File: rule.File, Line: max(1, rule.DetectionLine()), Rule: rule.Ref(),
			Summary: summary, Detail: fmt.Sprintf(format, args...), Section: section})
	}
	for _, required := range []struct{ name, value string }{{"status", rule.Status}, {"level", rule.Level}, {"product", rule.LogSource.Product}} {
		if required.value == "" {
			report("Key missing", "a rule of Wazuh must have a %s", required.name)
		}
	}
	for _, field := range rule.Fields() {
		if KnownField(field) {
			continue
		}
		hint := ""
		if own := inSchema(field); own != "" {
			hint = fmt.Sprintf("; the schema calls it %q", own)
		} else if near, ok := nearest(field); ok {
			hint = fmt.Sprintf("; did you mean %q?", near)
		}
		report("Unknown field", "%q is not in the Wazuh Common Schema%s", field, hint)
	}
	return problems
}

// nearest is the field of the schema that differs least from a name.
func nearest(name string) (string, bool) {
	found, least := "", 0
	for field := range fields() {
		distance := spelling.EditDistance(name, field)
		if spelling.Similar(name, field) && (found == "" || distance < least || distance == least && field < found) {
			found, least = field, distance
		}
	}
	return found, found != ""
}

// inSchema is what the schema calls a field of Sigma's taxonomy; it is empty where it
// has none.
func inSchema(field string) string {
	for _, n := range names {
		if n.field == field {
			return n.schema
		}
	}
	return ""
}
