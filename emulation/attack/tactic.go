package attack

import "slices"

// Tactic is a column of a version's matrix.
type Tactic struct {
	// ID is such as TA0003, Short the name in layers and tags, such as "persistence".
	ID, Name, Short string
}

// tactics are in the order of the matrix, those of all versions. TA0005 is Defense
// Evasion in V18 and Stealth in V19.
var tactics = [...]struct {
	Tactic
	in []Version
}{
	{Tactic{"TA0043", "Reconnaissance", "reconnaissance"}, Versions()},
	{Tactic{"TA0042", "Resource Development", "resource-development"}, Versions()},
	{Tactic{"TA0001", "Initial Access", "initial-access"}, Versions()},
	{Tactic{"TA0002", "Execution", "execution"}, Versions()},
	{Tactic{"TA0003", "Persistence", "persistence"}, Versions()},
	{Tactic{"TA0004", "Privilege Escalation", "privilege-escalation"}, Versions()},
	{Tactic{"TA0005", "Defense Evasion", evasion}, []Version{V18}},
	{Tactic{"TA0005", "Stealth", stealth}, []Version{V19}},
	{Tactic{"TA0112", "Defense Impairment", impairment}, []Version{V19}},
	{Tactic{"TA0006", "Credential Access", "credential-access"}, Versions()},
	{Tactic{"TA0007", "Discovery", "discovery"}, Versions()},
	{Tactic{"TA0008", "Lateral Movement", "lateral-movement"}, Versions()},
	{Tactic{"TA0009", "Collection", "collection"}, Versions()},
	{Tactic{"TA0011", "Command and Control", "command-and-control"}, Versions()},
	{Tactic{"TA0010", "Exfiltration", "exfiltration"}, Versions()},
	{Tactic{"TA0040", "Impact", "impact"}, Versions()},
}

// The tactic that V19 split, and its parts.
const (
	evasion    = "defense-evasion"
	stealth    = "stealth"
	impairment = "defense-impairment"
)

// Tactics lists the version's, in the order of its matrix.
func (v Version) Tactics() []Tactic {
	var all []Tactic
	for _, tactic := range tactics {
		if slices.Contains(tactic.in, v) {
			all = append(all, tactic.Tactic)
		}
	}
	return all
}

// Tactic gives the version's tactic with that short name.
func (v Version) Tactic(short string) (Tactic, bool) {
	for _, tactic := range v.Tactics() {
		if tactic.Short == short {
			return tactic, true
		}
	}
	return Tactic{}, false
}

// anyTactic gives the short name of a tactic that any version has.
func anyTactic(name string) (short string, ok bool) {
	for _, version := range Versions() {
		if tactic, ok := version.Tactic(name); ok {
			return tactic.Short, true
		}
	}
	return "", false
}

// tacticsFor are the version's tactics for one of any version, of a rule with those
// tags. There may be none.
func (v Version) tacticsFor(short string, tags []string) []string {
	if _, own := v.Tactic(short); own {
		return []string{short}
	}
	if v == V18 {
		return []string{evasion}
	}
	var parts []string
	tagged := false
	for _, tag := range tags {
		id, _ := TagTechnique(tag)
		counterpart, known := v.Counterpart(id)
		tagged = tagged || known
		technique, _ := v.Technique(counterpart)
		for _, part := range technique.Tactics {
			if part == stealth || part == impairment {
				parts = append(parts, part)
			}
		}
	}
	if !tagged {
		return []string{stealth}
	}
	return parts
}
