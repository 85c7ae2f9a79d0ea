package winevent

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed data_names.txt
var dataNames string

// positional are the names of values in the order of an event's data, by the provider,
// the id and how many values there are. Some tools write no names.
var positional = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(dataNames) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(parts) == 3 {
			names := strings.Split(parts[2], " ")
			all[positionalKey(parts[0], parts[1], len(names))] = names
		}
	}
	return all
})

func positionalKey(provider, id string, n int) string {
	return provider + "\t" + id + "\t" + strconv.Itoa(n)
}

// namePositional names the values that a tool wrote without names, if all of an event's
// are known.
func (p *Parts) namePositional() {
	if len(p.unnamed) == 0 {
		return
	}
	names := positional()[positionalKey(text(p.fields["Provider_Name"]), text(p.fields["EventID"]), len(p.unnamed))]
	for i, name := range names {
		if !p.isHead(name) {
			p.fields[name] = p.unnamed[i]
		}
	}
	if names != nil {
		p.unnamed = nil
	}
}

// nameFromMessage takes the values out of the text of an event of Sysmon, whose lines
// are the names and values of its data.
func (p *Parts) nameFromMessage() {
	provider := text(p.fields["Provider_Name"])
	if provider != "Microsoft-Windows-Sysmon" && provider != "Linux-Sysmon" || p.Has("UtcTime") {
		return
	}
	last := ""
	for line := range strings.Lines(text(p.fields["Message"])) {
		line = strings.TrimRight(line, "\r\n")
		name, value, ok := strings.Cut(line, ":")
		if ok && name != "" && !strings.ContainsAny(name, " \t\\/") && (value == "" || value[0] == ' ') {
			last = name
			if _, taken := p.fields[name]; taken {
				last = ""
				continue
			}
			p.fields[name] = strings.TrimPrefix(value, " ")
		} else if last != "" { // a value goes on
			p.fields[last] = text(p.fields[last]) + "\n" + line
		}
	}
}
