package attack

import (
	"slices"
	"strings"
)

// Counterparts gives the ids that the version has, in force or deprecated, for a
// technique that is given by its id in any version: itself where that is one of them,
// else what replaced it or what it replaced, sorted. None if the version has nothing
// of the kind, or the id is no technique's.
func (v Version) Counterparts(id string) []string {
	own, ok := v.Technique(id)
	for range v.techniques().rows { // that many steps at most: no chain has more
		if !ok || own.RevokedBy == "" {
			break
		}
		own, ok = v.Technique(own.RevokedBy)
	}
	if ok {
		return []string{own.ID}
	}
	var replaced []string
	for _, other := range Versions() {
		for _, row := range other.techniques().rows {
			if id != "" && row.RevokedBy == id && v.Has(row.ID) {
				replaced = append(replaced, row.ID)
			}
		}
	}
	slices.Sort(replaced)
	return slices.Compact(replaced)
}

// Counterpart is the id that the version has for a technique given by its id in any
// version: the only one, or of several the one that is the parent of all others. ok is
// false if there is none.
func (v Version) Counterpart(id string) (counterpart string, ok bool) {
	all := v.Counterparts(id)
	if len(all) == 0 {
		return "", false
	}
	first := all[0] // a parent sorts before its sub-techniques
	if slices.ContainsFunc(all[1:], func(other string) bool { return Parent(other) != first }) {
		return "", false
	}
	return first, true
}

// Tags gives a rule's tags, with those that name techniques and tactics of another
// version replaced by those that stand for them in this one; a technique without any is
// left out. All others stay, in their order; none comes twice. Of the tactic that was
// split those parts stand for it that the rule's techniques have; the part that kept its
// id if the rule names no technique.
func (v Version) Tags(tags []string) []string {
	if !slices.Contains(Versions(), v) {
		return tags
	}
	var out []string
	add := func(tag string) {
		if !slices.Contains(out, tag) {
			out = append(out, tag)
		}
	}
	for _, tag := range tags {
		name, ok := cutPrefixFold(tag, tagPrefix)
		if tactic, is := anyTactic(name); ok && is {
			for _, own := range v.tacticsFor(tactic, tags) {
				add(tagPrefix + own)
			}
			continue
		}
		if id, is := TagTechnique(tag); is && !v.Has(id) {
			counterpart, found := v.Counterpart(id)
			if !found {
				continue
			}
			tag = tagPrefix + strings.ToLower(counterpart)
		}
		add(tag)
	}
	return out
}

// tagPrefix is how tags of ATT&CK begin in Sigma rules.
const tagPrefix = "attack."

// TagTechnique gives the id of the technique that a tag such as attack.t1505.003 names,
// in any version. ok is false if it names none.
func TagTechnique(tag string) (id string, ok bool) {
	name, ok := cutPrefixFold(tag, tagPrefix)
	id = strings.ToUpper(name)
	if !ok || len(id) < 2 || id[0] != 'T' || id[1] < '0' || id[1] > '9' {
		return "", false
	}
	return id, true
}

// TechniquesOf are the ids of the techniques that a rule's tags name, as this version has
// them.
func (v Version) TechniquesOf(tags []string) []string {
	var ids []string
	for _, tag := range v.Tags(tags) {
		if id, ok := TagTechnique(tag); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// KnownTag reports whether what a tag names of tactics, techniques and groups is in the
// tables of any version. Tags of software, mitigations and data sources always are.
func KnownTag(tag string) bool {
	name, _ := cutPrefixFold(tag, tagPrefix)
	id := strings.ToUpper(name)
	switch {
	case strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == "":
		_, known := anyTactic(name)
		return known
	case id[0] == 'T':
		return slices.ContainsFunc(Versions(), func(v Version) bool {
			_, known := v.Technique(id)
			return known
		})
	case id[0] == 'G':
		_, known := FindGroup(id)
		return known
	}
	return true
}

func cutPrefixFold(text, prefix string) (rest string, ok bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}
