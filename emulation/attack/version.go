package attack

import (
	"strconv"
	"strings"
)

// Version is a version of ATT&CK for Enterprise whose tables are here, such as "18.1".
type Version string

// The versions. In V19 Defense Evasion became Stealth and Defense Impairment.
const (
	V18 Version = "18.1"
	V19 Version = "19.0"
	// Current is the one that the library speaks, and a scenario that names none.
	Current = V19
)

// Versions lists all, the oldest first.
func Versions() []Version { return []Version{V18, V19} }

// FindVersion gives the version that a text such as "18.1", "19" or "19.2" names. The
// tables are those of one release: another one of the same year is read by them.
func FindVersion(text string) (Version, bool) {
	for _, version := range Versions() {
		if version.Major() == majorOf(text) {
			return version, true
		}
	}
	return "", false
}

// NearestVersion gives the version by whose tables ids of any other are read: the
// oldest for those before it, the newest for those after it. ok is false if the text
// is not the number of a version.
func NearestVersion(text string) (nearest Version, ok bool) {
	if version, ok := FindVersion(text); ok {
		return version, true
	}
	number, err := strconv.Atoi(majorOf(text))
	if err != nil {
		return "", false
	}
	if oldest, err := strconv.Atoi(V18.Major()); err == nil && number < oldest {
		return V18, true
	}
	return Current, true
}

// Major is the version's number without that of the release, such as "18".
func (v Version) Major() string { return majorOf(string(v)) }

// majorOf is the number before the dot of a text such as "19.0"; "" if it is another
// text.
func majorOf(text string) string {
	major, release, dotted := strings.Cut(text, ".")
	if !isNumber(major) || dotted && !isNumber(release) {
		return ""
	}
	return major
}

// isNumber reports whether a text is one to three digits.
func isNumber(text string) bool {
	return text != "" && len(text) <= 3 && strings.Trim(text, "0123456789") == ""
}
