package export

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// auditOrder are the fields of a record in the order in which the kernel and the
// programs write them; readers look for them in that order. Those that a record of
// a type has not are passed over, others follow.
var auditOrder = map[string][]string{
	"SYSCALL": {
		"arch", "syscall", "per", "success", "exit", "a0", "a1", "a2", "a3", "items", "ppid", "pid", "auid", "uid", "gid", "euid", "suid",
		"fsuid", "egid", "sgid", "fsgid", "tty", "ses", "comm", "exe", "subj", "key",
	},
	"EXECVE":        {"argc"},
	"PATH":          {"item", "name", "inode", "dev", "mode", "ouid", "ogid", "rdev", "obj", "nametype"},
	"SOCKADDR":      {"saddr"},
	"CONFIG_CHANGE": {"op", "audit_enabled", "old", "auid", "ses", "subj", "key", "list", "res"},
}

// auditHead are the fields of a program's record before its message, auditMessage
// those in it.
var (
	auditHead    = []string{"pid", "uid", "auid", "ses", "subj"}
	auditMessage = []string{"op", "unit", "grp", "acct", "comm", "exe", "hostname", "addr", "terminal", "res"}
)

// auditUntrusted are the fields that a program could have written anything into:
// they are quoted, or in hexadecimal.
var auditUntrusted = map[string]bool{
	"comm": true, "exe": true, "name": true, "cwd": true, "proctitle": true, "acct": true, "key": true, "grp": true,
}

// auditEnriched are the fields that auditd itself adds, with the names that it
// gives them.
var auditEnriched = map[string]string{"SYSCALL": "SYSCALL", "saddr_fam": "", "laddr": "", "lport": ""}

// auditArchitectures are the kernel's numbers of architectures.
var auditArchitectures = map[string]string{"x86_64": "c000003e", "aarch64": "c00000b7", "i386": "40000003"}

// body is what stands before the interpreted fields.
func (a *auditd) body(recordType string, own map[string]any, placeholders []string) string {
	done := map[string]bool{"type": true}
	for name := range auditEnriched {
		done[name] = true
	}
	var words []string
	add := func(names ...string) {
		for _, name := range names {
			if text, ok := textOf(own[name]); ok && !done[name] {
				words = append(words, name+"="+auditValue(recordType, name, text))
				done[name] = true
			} else if slices.Contains(placeholders, name) {
				words = append(words, name+"=0")
			}
		}
	}
	program := auditOrder[recordType] == nil && own["pid"] != nil && recordType != "DAEMON_END" && recordType != "DAEMON_START"
	if program {
		add(auditHead...)
		head := words
		words = nil
		add(auditMessage...)
		add(a.others(own, done)...)
		return strings.Join(append(head, "msg='"+strings.Join(words, " ")+"'"), " ")
	}
	add(auditOrder[recordType]...)
	for i := 0; recordType == "EXECVE" && own["a"+strconv.Itoa(i)] != nil; i++ {
		add("a" + strconv.Itoa(i))
	}
	add(a.others(own, done)...)
	return strings.Join(words, " ")
}

// auditPlaceholders are fields that ausearch passes over a record for not having,
// and that this one has not: a call's first two arguments, pointers that nobody has
// seen. They are written as 0, and named among what ringer says.
func auditPlaceholders(recordType string, own map[string]any) []string {
	var names []string
	for _, name := range []string{"a0", "a1"} {
		if recordType == "SYSCALL" && own[name] == nil {
			names = append(names, name)
		}
	}
	return names
}

// others are the names of fields that are not written yet, and can be.
func (a *auditd) others(own map[string]any, done map[string]bool) []string {
	var names []string
	for _, name := range sortedNames(own) {
		if done[name] || own[name] == nil {
			continue
		}
		if _, ok := textOf(own[name]); !ok {
			a.tally[nestedText]++
			continue
		}
		if !auditName().MatchString(name) {
			a.tally[badName]++
			continue
		}
		names = append(names, name)
	}
	return names
}

// auditValue is a field's value as the record has it.
func auditValue(recordType, name, text string) string {
	switch {
	case recordType == "SYSCALL" && name == "arch":
		if number, known := auditArchitectures[text]; known {
			return number
		}
	case recordType == "EXECVE" && name != "argc", auditUntrusted[name]:
		if text == "(null)" || text == "?" {
			return text
		}
		return auditQuoted(text)
	case name == "key" && text == "":
		return "(null)"
	}
	return auditBare(text)
}

// auditQuoted is a text in quotes, or in hexadecimal where it has a blank, a quote
// or what cannot be printed.
func auditQuoted(text string) string {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c == '"' || c < 0x21 || c > 0x7e {
			return strings.ToUpper(hex.EncodeToString([]byte(text)))
		}
	}
	return `"` + text + `"`
}

// auditBare is a text without quotes. One that would end its field or line is in
// hexadecimal.
func auditBare(text string) string {
	if text == "" {
		return "?"
	}
	for i := 0; i < len(text); i++ {
		if c := text[i]; c == '"' || c == '\'' || c < 0x20 || c > 0x7e {
			return strings.ToUpper(hex.EncodeToString([]byte(text)))
		}
	}
	return text
}

// enrichment are the interpreted fields: auditd's, then what ringer says.
func (a *auditd) enrichment(r *Record, own map[string]any, placeholders []string) string {
	var words []string
	for _, name := range []string{"arch", "SYSCALL"} {
		if text, ok := textOf(own[name]); ok && text != "" {
			words = append(words, strings.ToUpper(name)+"="+auditBare(text))
		}
	}
	if family, ok := textOf(own["saddr_fam"]); ok {
		address, _ := textOf(own["laddr"])
		port, _ := textOf(own["lport"])
		words = append(words, fmt.Sprintf("SADDR={ saddr_fam=%s laddr=%s lport=%s }", auditBare(family), auditBare(address), auditBare(port)))
	}
	add := func(name, value string) {
		if value != "" {
			words = append(words, "RINGER_"+name+"="+auditQuoted(value))
		}
	}
	add("RUN", a.about.ID)
	if a.about.Replay {
		add("REPLAY", "yes")
	}
	add("EVENT", r.Event.ID)
	add("SCENARIO", r.Scenario)
	add("ASSET", r.Event.Lineage.Asset)
	add("STEP", r.Event.Lineage.Step)
	add("PROCESS", strconv.FormatUint(r.Event.Lineage.Process, 10))
	add("BEHAVIOUR", r.Behaviour)
	add("TECHNIQUE", r.Technique)
	add("ACTOR", cmp.Or(r.Actor.Group, r.Actor.Name))
	add("PROVENANCE", r.Event.Provenance.String())
	var byField, rules []string
	provenances := r.fieldProvenance(a.about)
	for _, name := range sortedNames(provenances) {
		byField = append(byField, name+":"+provenances[name].String())
	}
	for _, rule := range r.Alerts {
		rules = append(rules, rule.ID)
	}
	add("ABSENT", strings.Join(placeholders, ","))
	add("FIELDS", strings.Join(byField, ","))
	add("RULES", strings.Join(rules, ","))
	return strings.Join(words, " ")
}
