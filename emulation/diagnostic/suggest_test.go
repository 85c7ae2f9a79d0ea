package diagnostic_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"owa_web_shell_drop", "run_key_set", "cron_entry_install", "systemd_unit_install", "web", "on", "b"}
	for _, tc := range []struct{ name, given, want string }{
		{"a letter left out", "owa_web_shel_drop", "owa_web_shell_drop"},
		{"two letters swapped are one slip", "wbe", "web"},
		{"case does not count", "Run_Key_Set", "run_key_set"},
		{"of two, the nearer one", "cron_unit_install", "cron_entry_install"},
		{"the name itself", "web", "web"},
		{"in a short name, one letter is much", "cat", ""},
		{"of two letters one", "om", "on"},
		{"of two letters not both", "to", ""},
		{"of one letter none", "a", ""},
		{"nothing near", "mailbox_export_request", ""},
		{"nothing given", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, diagnostic.Nearest(tc.given, names))
		})
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	many := []string{"a0", "b0", "c0", "d0", "e0", "f0", "g0", "h0", "i0", "j0", "k0", "l0", "m0"}
	for _, tc := range []struct {
		name, given string
		among       []string
		want        string
	}{
		{"the nearest", "wbe", []string{"web", "exchange"}, `Did you mean "web"?`},
		{"all of a few, sorted", "qqq", []string{"web", "exchange"}, "Expected one of: exchange, web."},
		{"none", "qqq", nil, "None is defined."},
		{"too many to list", "qqqqqq", many, `"ringer list" shows them all.`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, diagnostic.Suggest(tc.given, tc.among))
		})
	}
}
