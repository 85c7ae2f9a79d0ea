package linux

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// auditRule is one line of an audit.rules file, of the kinds that our assets
// use: a watch (-w path -p perms -k key) or a rule on system calls
// (-a always,exit -S call -F euid=n -k key).
type auditRule struct {
	watch string // without a closing slash
	perms string // of r, w, x, a
	calls []string
	euid  int // -1 is any
	key   string
}

// readAuditRules reads such a file. What it does not know is an error: a rule
// left out without a word would make auditd look blind.
func readAuditRules(text string) ([]auditRule, error) {
	var rules []auditRule
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") || words[0] == "-D" || words[0] == "-b" {
			continue
		}
		rule := auditRule{euid: -1}
		if len(words)%2 != 0 {
			return nil, fmt.Errorf("read audit rule %q: each option must have a value", strings.TrimSpace(line))
		}
		for option := range slices.Chunk(words, 2) {
			if err := rule.setOption(option[0], option[1]); err != nil {
				return nil, fmt.Errorf("read audit rule %q: %w", strings.TrimSpace(line), err)
			}
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

func (r *auditRule) setOption(option, value string) (err error) {
	euid, isEUID := strings.CutPrefix(value, "euid=")
	switch {
	case option == "-w":
		r.watch = strings.TrimSuffix(value, "/")
	case option == "-p":
		r.perms = value
	case option == "-k":
		r.key = value
	case option == "-S":
		r.calls = append(r.calls, value)
	case option == "-F" && isEUID:
		r.euid, err = strconv.Atoi(euid)
	case option == "-a" && value == "always,exit", option == "-F" && value == "arch=b64":
	default:
		return fmt.Errorf("option %s %s is not supported", option, value)
	}
	return err
}

// firstMatching gives the rule that asks for a record of the act, and whether it
// rests on what is stated: the account that the act is by. 0 is that none does.
func firstMatching(rules []auditRule, a auditedCall, euid int) (found auditRule, known event.Provenance) {
	known = event.Translated
	for _, rule := range rules {
		if !rule.matches(a) {
			continue
		}
		if rule.euid >= 0 {
			known = event.Stated
		}
		if rule.euid < 0 || rule.euid == euid {
			return rule, known
		}
	}
	return auditRule{}, 0
}

// matchesAnyAccount reports whether some rule asks for a record of the act whoever it
// is by.
func matchesAnyAccount(rules []auditRule, a auditedCall) bool {
	return slices.ContainsFunc(rules, func(r auditRule) bool { return r.euid < 0 && r.matches(a) })
}

// matches reports whether the rule asks for a record of the act, if it is by the
// account that the rule is about.
func (r auditRule) matches(a auditedCall) bool {
	if r.watch == "" {
		return slices.Contains(r.calls, a.call)
	}
	return strings.ContainsRune(r.perms, a.permission) && slices.ContainsFunc(a.items, func(i auditItem) bool {
		return i.kind != "PARENT" && (i.name == r.watch || strings.HasPrefix(i.name, r.watch+"/"))
	})
}
