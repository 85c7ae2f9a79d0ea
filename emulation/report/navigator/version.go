package navigator

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// Version is a version of ATT&CK that layers are written for.
type Version string

// The versions. Those of the tables in package attack are V18's.
const (
	V18 Version = "18"
	V19 Version = "19"
)

// VersionOf is the version that a scenario speaks, by its attack attribute; V18 if it
// names none.
func VersionOf(attribute string) Version {
	if strings.HasPrefix(attribute, string(V19)) {
		return V19
	}
	return V18
}

// replacedIn19 are the ids of v18 and earlier that v19 replaced, with their
// successors.
//
// ATT&CK for Enterprise v19.0, 28 April 2026, from a public list checked against
// v19.2's revoked-by relations.
var replacedIn19 = map[string]string{
	"T1053.001": "T1053.002", "T1070.001": "T1685.005", "T1070.002": "T1685.006", "T1076": "T1021.001", "T1215": "T1547.006",
	"T1487": "T1561.002", "T1547.011": "T1647", "T1562": "T1685", "T1562.001": "T1685", "T1562.002": "T1685.001",
	"T1562.003": "T1690", "T1562.004": "T1686", "T1562.006": "T1685", "T1562.007": "T1686.001", "T1562.008": "T1685.002",
	"T1562.009": "T1688", "T1562.010": "T1689", "T1562.011": "T1685.003", "T1562.012": "T1685.004", "T1562.013": "T1686.002",
	"T1574.002": "T1574.001", "T1656": "T1684.001", "T1672": "T1684.002",
}

// tacticsIn19 are the tactics of those techniques, their sub-techniques included, that
// have others in v19 than in v18 with "defense-evasion" read as "stealth".
//
// ATT&CK for Enterprise v19.0, 28 April 2026, from the tables of the Attack Flow
// builder (center-for-threat-informed-defense/attack-flow, d1e6cf86).
var tacticsIn19 = map[string][]string{
	"T1112": {"defense-impairment", "persistence"},
	"T1127": {"execution", "stealth"},
	"T1197": {"execution", "persistence", "stealth"},
	"T1207": {"defense-impairment"},
	"T1222": {"defense-impairment"},
	"T1484": {"defense-impairment", "privilege-escalation"},
	"T1548": {"privilege-escalation"},
	"T1550": {"lateral-movement"},
	"T1553": {"defense-impairment"},
	"T1556": {"credential-access", "defense-impairment", "persistence"},
	"T1574": {"execution", "stealth"},
	"T1578": {"defense-impairment"},
	"T1599": {"defense-impairment"},
	"T1600": {"defense-impairment"},
	"T1601": {"defense-impairment"},
	"T1610": {"execution"},
	"T1647": {"defense-impairment"},
	"T1666": {"defense-impairment"},
	"T1685": {"defense-impairment"},
	"T1686": {"defense-impairment"},
	"T1688": {"defense-impairment"},
	"T1689": {"defense-impairment"},
	"T1690": {"defense-impairment"},
}

// translate gives techniques with the ids and tactics of a version. Those that it has
// as one are put together; unknown are the ids that it has not.
func translate(all []evidence.Technique, to Version) (known []evidence.Technique, unknown []string) {
	place := map[string]int{}
	for _, technique := range all {
		id, ok := idIn(technique.ID, to)
		if !ok {
			unknown = append(unknown, technique.ID)
			continue
		}
		if i, there := place[id]; there {
			known[i] = known[i].Merge(technique)
			continue
		}
		place[id] = len(known)
		technique.ID, technique.Tactics = id, tacticsOf(id, technique.Tactics, to)
		known = append(known, technique)
	}
	slices.SortFunc(known, func(a, b evidence.Technique) int { return strings.Compare(a.ID, b.ID) })
	return known, unknown
}

// idIn is the id that a version has for a technique, given by its id in any version.
// ok is false where it has none, or several.
func idIn(id string, to Version) (in string, ok bool) {
	technique, inTables := attack.FindTechnique(id)
	if inTables && technique.RevokedBy != "" {
		id = technique.RevokedBy
	}
	if inTables && technique.Deprecated {
		return "", false
	}
	if to == V19 {
		if successor, replaced := replacedIn19[id]; replaced {
			return successor, true
		}
		return id, true
	}
	if inTables {
		return id, true
	}
	for before, after := range replacedIn19 {
		if was, inForce := attack.FindTechnique(before); after != id || !inForce || was.RevokedBy != "" {
			continue
		}
		if in != "" {
			return "", false
		}
		in = before
	}
	return in, in != ""
}

// tacticsOf are the tactics of a technique in a version. None means that they are not
// known: the Navigator then shows it under all that it has.
func tacticsOf(id string, given []string, in Version) []string {
	if in == V18 {
		technique, _ := attack.FindTechnique(id)
		return technique.Tactics
	}
	if tactics, others := tacticsIn19[attack.Parent(id)]; others {
		return tactics
	}
	tactics := slices.Clone(given)
	for i, tactic := range tactics {
		if tactic == "defense-evasion" {
			tactics[i] = "stealth"
		}
	}
	return tactics
}
