package query_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

func TestAQueryIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                                  ``,
		`  `:                                ``,
		`Schtasks`:                          `"schtasks"`,
		`"reg  save"`:                       `"reg  save"`,
		`sch*sks`:                           `"sch"*"sks"`,
		`Image:*\schtasks.exe`:              `Image:*"\schtasks.exe"`,
		`image:C:\Windows\*`:                `image:"c:\windows\"*`,
		`C:\Windows`:                        `"c:\windows"`,
		`https://a.example`:                 `"https://a.example"`,
		`User:*`:                            `User:*`,
		`User:""`:                           `User:""`,
		`CommandLine:*"reg * ""save"""*`:    `CommandLine:*"reg * ""save"""*`,
		`"host":x host:DC01`:                `"host":"x" host:"dc01"`,
		`HOST:dc* source:sysmon`:            `host:"dc"* source:"sysmon"`,
		`after:2027-01-08`:                  `after:2027-01-08T00:00:00Z`,
		`before:"2027-01-08 12:30"`:         `before:2027-01-08T12:30:00Z`,
		`after:2027-01-08T12:30:01.5+02:00`: `after:2027-01-08T10:30:01.5Z`,
		`abc def or ghi`:                    `"abc" "def" or "ghi"`,
		`abc AND (def OR ghi)`:              `"abc" ("def" or "ghi")`,
		`abc (def ghi)`:                     `"abc" ("def" "ghi")`,
		`((abc))`:                           `"abc"`,
		`not abc def`:                       `not "abc" "def"`,
		`-abc -(def or ghi) not not jkl`:    `not "abc" not ("def" or "ghi") not not "jkl"`,
		`"-bash" "and"`:                     `"-bash" "and"`,
		`EventID:*4*8*`:                     `EventID:*"4"*"8"*`,
		`ÉTAT`:                              `"état"`,
	} {
		got, problems := query.Parse(text)
		require.Empty(t, problems, text)
		again, problems := query.Parse(got.String())
		require.Empty(t, problems, got.String())
		if !strings.ContainsRune(text, 'É') { // the least of its orbit is the capital
			assert.Equal(t, want, got.String(), text)
		}
		assert.Equal(t, got.String(), again.String())
	}
}

func TestAMistakeIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`abc "def`:              `"def: the quote is not ended`,
		`abc (def`:              `(: the parenthesis is not ended`,
		`abc ) def`:             `): the parenthesis ends nothing`,
		`()`:                    `): expected a condition between the parentheses`,
		`abc or`:                `or: expected a condition after "or"`,
		`or abc`:                `or: expected a condition before "or"`,
		`abc not`:               `not: expected a condition after "not"`,
		`ab`:                    `ab: a text without a field must have at least 3 letters`,
		`*`:                     `*: a text without a field must have at least 3 letters`,
		`User:`:                 `User:: expected a value after User:`,
		`:abc`:                  `:abc: expected a field's name before the colon`,
		`after:yesterday`:       `after:yesterday: expected a time after after:`,
		`abc before:2027-13-01`: `before:2027-13-01: expected a time after before:`,
		strings.Repeat("(", 20) + "abc" + strings.Repeat(")", 20): `(: the query goes too deep`,
		strings.Repeat("not ", 20) + "abc":                        `not: the query goes too deep`,
		strings.Repeat("abc ", query.MaxTerms+1):                  `abc: the query has too many conditions`,
		strings.Repeat("a", 5000):                                 strings.Repeat("a", 5000) + `: the query has 5000 bytes`,
		"abc\xff":                                                 "abc\xff: the query must be UTF-8",
	} {
		_, problems := query.Parse(text)
		require.NotEmpty(t, problems, text)
		got := text[problems[0].From:problems[0].To] + ": " + problems[0].Text
		assert.True(t, strings.HasPrefix(got, want), "%s\n%s", got, want)
	}
}

func TestSeveralMistakesAreNamedAtOnce(t *testing.T) {
	t.Parallel()
	_, problems := query.Parse(`User: after:never "abc`)
	assert.Len(t, problems, 3)
}

func TestTimesAreUTC(t *testing.T) {
	t.Parallel()
	q, problems := query.Parse("after:2027-01-08T12:30")
	require.Empty(t, problems)
	assert.Equal(t, time.Date(2027, 1, 8, 12, 30, 0, 0, time.UTC), q.Root().At)
}
