package wazuh

import (
	_ "embed" // the table of fields
	"strings"
	"sync"
)

//go:embed fields.txt
var fieldNames string

var fields = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.Lines(fieldNames) {
		all[strings.TrimSpace(name)] = true
	}
	return all
})

// open are fields whose members the schema leaves open.
var open = []string{"labels", "container.labels", "log.syslog.structured_data"}

// KnownField reports whether the Wazuh Common Schema has a field.
func KnownField(name string) bool {
	if fields()[name] {
		return true
	}
	for _, parent := range open {
		if strings.HasPrefix(name, parent+".") {
			return true
		}
	}
	return false
}
