package fidelity

import (
	"regexp"
	"strings"
	"sync"
)

// forms are the forms that a value can have; the first that matches counts. A rule
// can tell values of the same form apart only by their content.
var forms = sync.OnceValue(func() []form {
	compile := func(name, pattern string) form { return form{name, regexp.MustCompile(`(?is)^(?:` + pattern + `)$`)} }
	return []form{
		compile("nothing", `-?`),
		compile("truth", `true|false`),
		compile("number", `-?\d+`),
		compile("hexadecimal number", `0x[0-9a-f]+`),
		compile("registry number", `[DQ]WORD \(0x[0-9a-f-]+(-0x[0-9a-f]+)?\)`),
		compile("identifier in braces", `\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}`),
		compile("identifier", `[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`),
		compile("security identifier", `S-1(-\d+)+`),
		compile("time", `\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?Z?`),
		compile("file hashes", `(\w+=[0-9A-F]{32,64},?)+`),
		compile("registry path", `(HKLM|HKU|HKCR|HKCU|\\REGISTRY)\\.*`),
		compile("path", `"?([a-z]:|\\\\|\\)\\?[^"]*`),
		compile("account", `[^\\]+\\[^\\]+`),
		compile("text", `.*`),
	}
})

type form struct {
	name    string
	pattern *regexp.Regexp
}

// freeTextFields are fields whose values have no form: command lines, names and
// descriptions.
var freeTextFields = map[string]bool{
	"CommandLine": true, "ParentCommandLine": true, "Description": true, "Product": true, "Company": true, "FileVersion": true,
	"OriginalFileName": true, "RuleName": true,
}

// formOf returns the name of a value's form. For hashes it includes the algorithms,
// as a rule may look for one by its name.
func formOf(field, value string) string {
	if freeTextFields[field] {
		return "text"
	}
	for _, form := range forms() {
		if !form.pattern.MatchString(value) {
			continue
		}
		if form.name != "file hashes" {
			return form.name
		}
		var algorithms []string
		for part := range strings.SplitSeq(value, ",") {
			name, _, _ := strings.Cut(part, "=")
			algorithms = append(algorithms, strings.ToUpper(name))
		}
		return "hashes " + strings.Join(algorithms, ", ")
	}
	return "text"
}
