package tune

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatAFilterMayRestOn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		field, value string
		want         bool
	}{
		{"ParentImage", `C:\Program Files\Backup\agent.exe`, true},
		{"User", "svc_backup", true},
		{"TargetFilename", "/etc/cron.d/sysstat", true},
		{"TargetFilename", "/home/", false},
		{"TargetFilename", `C:\Windows\`, false},
		{"TargetFilename", `C:\Windows\Temp\app\`, true},
		{"UtcTime", "2021-01-01", false},
		{"CommandLine", "report 2021-03-01.csv", false},
		{"CommandLine", "kill 71234", false},
		{"CommandLine", "-USR1 610", false},
		{"ProcessId", "abcd", false},
		{"LogonId", "0x3e7", false},
		{"Computer", "MAIL01.example", false},
		{"Description", "Net Command", false},
		{"TargetFilename", `C:\x\{5F1C3D0E-7F43-4A6F-9A6E-3F1F0F6F2B11}`, false},
		{"Image", "a\x1b[31mred", false},
		{"User", "ab", false},
	} {
		assert.Equal(t, tt.want, steady(tt.field, tt.value), "%s %q", tt.field, tt.value)
	}
}

func TestPartsOfACommandLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		`net group "Billing Operators" ops02 /add`: {`group "Billing Operators"`, `"Billing Operators"`, `"Billing Operators" ops02`, "ops02 /add"},
		"kill -USR1 71":                       {"-USR1 71"},
		"net use /delete /y":                  nil,
		"whoami":                              nil,
		`sc create x binPath= "C:\a b\c.exe"`: {`"C:\a b\c.exe"`, `binPath= "C:\a b\c.exe"`},
	} {
		assert.ElementsMatch(t, want, withoutShort(parts("CommandLine", line)), line)
	}
	assert.Equal(t, []string{`C:\a\b\`, `C:\a\b\c\`}, parts("TargetFilename", `C:\a\b\c\d.txt`))
	assert.Empty(t, parts("Image", `C:\a\b.exe`))
}

// withoutShort leaves out what is too short for a filter.
func withoutShort(parts []string) []string {
	var out []string
	for _, part := range parts {
		if len(part) >= leastValue {
			out = append(out, part)
		}
	}
	return out
}

func TestProgramsThatStartAnything(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{`C:\Windows\System32\CMD.EXE`: true, "/usr/bin/dash": true, `C:\Backup\agent.exe`: false, "mary": false} {
		assert.Equal(t, want, isStarter(value), value)
	}
}

func TestParenthesesOnlyWhereTheyAreNeeded(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		"a":                       "a and not f",
		"a and\n  not b":          "a and not b and not f",
		"a or b":                  "(a or b) and not f",
		"(a OR b) and not 1 of c": "(a OR b) and not 1 of c and not f",
		"(a or b) or (c)":         "((a or b) or (c)) and not f",
		"for_or and orb":          "for_or and orb and not f",
	} {
		assert.Equal(t, want, narrowed(condition, "not f"))
	}
}
