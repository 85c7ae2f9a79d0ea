package rulename

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Index finds rules by what they are called. It is safe for concurrent use.
type Index struct {
	rules      []*sigma.Rule
	byID       map[string]*sigma.Rule   // in lower case
	byName     map[string][]*sigma.Rule // names, and stems of files
	suppressed func(*sigma.Rule) bool
}

// New returns an index of rules. suppressed tells which raise no alerts of their own;
// nil is none.
func New(rules []*sigma.Rule, suppressed func(*sigma.Rule) bool) *Index {
	x := &Index{rules: rules, byID: map[string]*sigma.Rule{}, byName: map[string][]*sigma.Rule{}, suppressed: suppressed}
	for _, rule := range rules {
		if rule.ID != "" {
			x.byID[strings.ToLower(rule.ID)] = rule
		}
		stem := Stem(rule.File)
		x.byName[stem] = append(x.byName[stem], rule)
		if rule.Name != "" && rule.Name != stem {
			x.byName[rule.Name] = append(x.byName[rule.Name], rule)
		}
	}
	return x
}

// Stem returns the name of a rule's file without its folder and extension.
func Stem(file string) string {
	base := baseName(file)
	if dot := strings.LastIndexByte(base, '.'); dot > 0 {
		return base[:dot]
	}
	return base
}

// baseName takes either slash: rules that were recorded on Windows are read elsewhere.
func baseName(file string) string { return file[strings.LastIndexAny(file, `/\`)+1:] }

// Named returns the rules whose id, in any case, or name it is, or whose file is called
// that. Of a file with several rules it is the one that raises alerts, if that is only
// one: the others are what a correlation counts.
func (x *Index) Named(name string) []*sigma.Rule {
	if rule, ok := x.byID[strings.ToLower(name)]; ok {
		return []*sigma.Rule{rule}
	}
	found := x.byName[name]
	var alerting []*sigma.Rule
	for _, rule := range found {
		if rule.File != found[0].File {
			return found
		}
		if x.suppressed == nil || !x.suppressed(rule) {
			alerting = append(alerting, rule)
		}
	}
	if len(alerting) == 1 {
		return alerting
	}
	return found
}

// Spelling returns what a scenario can call a rule, the easiest to read: its name, that
// of its file, or else its id. It is empty if the rule has none that is its alone.
func (x *Index) Spelling(rule *sigma.Rule) string {
	for _, name := range []string{rule.Name, Stem(rule.File), rule.ID} {
		if found := x.Named(name); name != "" && len(found) == 1 && found[0] == rule {
			return name
		}
	}
	return ""
}

// Find returns the rules that someone may mean by what was typed or pasted. Of these
// ways the first counts in which there is a rule: as [Index.Named] has it; its title,
// name or file in any case, with or without the line; the beginning of its id; the
// beginning of its title, as reports cut it.
func (x *Index) Find(given string) []*sigma.Rule {
	given = strings.TrimSpace(given)
	if given == "" {
		return nil
	}
	if found := x.Named(given); len(found) > 0 {
		return found
	}
	if found := x.inFile(given); len(found) > 0 {
		return found
	}
	begin := strings.TrimRight(given, "…~")
	for _, fits := range []func(*sigma.Rule) bool{
		func(r *sigma.Rule) bool {
			return strings.EqualFold(r.Title, given) || strings.EqualFold(r.Name, given) || strings.EqualFold(Stem(r.File), given)
		},
		func(r *sigma.Rule) bool { return hasPrefixFold(r.ID, given) },
		func(r *sigma.Rule) bool { return begin != "" && hasPrefixFold(r.Title, begin) },
	} {
		var found []*sigma.Rule
		for _, rule := range x.rules {
			if fits(rule) {
				found = append(found, rule)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// fileLine is a place in a file, as reports print it.
var fileLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.+?)(?::(\d+))?(?::\d+)?$`) })

// inFile returns the rules of a file that is given with its extension: with its folder
// or without, and with a line the rule that stands there.
func (x *Index) inFile(given string) []*sigma.Rule {
	parts := fileLine().FindStringSubmatch(given)
	if parts == nil {
		return nil
	}
	name := strings.TrimPrefix(strings.ReplaceAll(parts[1], `\`, "/"), "./")
	line, _ := strconv.Atoi(parts[2]) // 0 without one
	var found []*sigma.Rule
	for _, rule := range x.rules {
		file := strings.TrimPrefix(strings.ReplaceAll(rule.File, `\`, "/"), "./")
		switch {
		case name != file && name != baseName(file) && !strings.HasSuffix(name, "/"+file):
		case line > 0 && rule.Line > line:
		case line > 0 && len(found) > 0 && found[len(found)-1].File == rule.File:
			found[len(found)-1] = rule // it begins later, and before that line
		default:
			found = append(found, rule)
		}
	}
	return found
}

// shortest is how many digits of an id are shown where they are enough.
const shortest = 8

// ShortIDs returns a function that cuts an id to as many of its digits as tell it from
// every other, at least 8. What is no UUID it leaves as it is.
func ShortIDs(ids []string) func(id string) string {
	byStart := map[string][]string{}
	for _, id := range ids {
		id = strings.ToLower(id)
		byStart[id[:min(shortest, len(id))]] = append(byStart[id[:min(shortest, len(id))]], id)
	}
	return func(id string) string {
		if len(id) != 36 || id[shortest] != '-' {
			return id
		}
		n := shortest
		for _, other := range byStart[strings.ToLower(id[:shortest])] {
			if same := common(strings.ToLower(id), other); same < len(id) {
				n = max(n, same+1)
			}
		}
		if id[n-1] == '-' {
			n++
		}
		return id[:n]
	}
}

// common returns how many bytes two texts have in common from their start.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
