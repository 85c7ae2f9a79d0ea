package sigmahqtest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Variable is the environment variable with the folder of a checkout of SigmaHQ's
// repository, Repository where it is, and Commit that which the tests were written
// against: another one has other rules.
const (
	Variable   = "RINGER_SIGMAHQ"
	Repository = "https://github.com/SigmaHQ/sigma"
	Commit     = "8eaafff1"
)

// ReportedVariable is the environment variable with the folder of the tables that the
// behaviours were written from.
const ReportedVariable = "RINGER_REPORTED"

// Needed is why a test that needs SigmaHQ's repository is skipped.
var Needed = fmt.Sprintf("needs SigmaHQ's rules and recordings: set %s to a checkout of %s at commit %s", Variable, Repository, Commit)

// Find returns the folder of SigmaHQ's repository; ok is false if the variable is not
// set. It ends the test where the variable names no such folder: what was to be tested
// is not left out in silence.
func Find(t testing.TB) (folder string, ok bool) {
	t.Helper()
	return find(t, Variable, "rules", "rules-emerging-threats", "rules-threat-hunting", "regression_data")
}

// Folder is Find, and skips the test where the variable is not set.
func Folder(t testing.TB) string {
	t.Helper()
	folder, ok := Find(t)
	if !ok {
		t.Skip(Needed)
	}
	return folder
}

// RuleFolders are the folders of SigmaHQ's rules: generic ones, those of emerging
// threats and those for hunting.
func RuleFolders(folder string) []string {
	return []string{filepath.Join(folder, "rules"), filepath.Join(folder, "rules-emerging-threats"), filepath.Join(folder, "rules-threat-hunting")}
}

// Recordings is the folder of SigmaHQ's recordings.
func Recordings(folder string) string { return filepath.Join(folder, "regression_data") }

// Reported is the folder of the tables that the behaviours were written from. It skips
// the test where the variable is not set.
func Reported(t testing.TB) string {
	t.Helper()
	folder, ok := find(t, ReportedVariable, "behaviours.json", "verdicts.csv")
	if !ok {
		t.Skipf("needs the tables of what was reported, behaviours.json and verdicts.csv, which are not published: set %s to their folder", ReportedVariable)
	}
	return folder
}

func find(t testing.TB, variable string, holds ...string) (string, bool) {
	t.Helper()
	folder := os.Getenv(variable)
	if folder == "" {
		return "", false
	}
	if !filepath.IsAbs(folder) {
		t.Fatalf("%s must be an absolute path, as tests run in their packages' folders; it is %q", variable, folder)
	}
	for _, name := range holds {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Fatalf("%s names no such folder: %v", variable, err)
		}
	}
	return folder, true
}
