package sigma

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const cachedRule = `
title: all there is
id: 5a3f1c9e-6b0d-4a52-9d0e-3a1f0c7e9b11
logsource: {category: process_creation, product: windows}
custom: {deep: [1, 2.5, true, false, null, text, {a: b}]}
tags: [attack.t1059, attack.execution]
detection:
    s:
        Image|endswith: '\cmd.exe'
        CommandLine|re|i: 'who(ami|is)'
        Address|cidr: 10.0.0.0/8
        Count|gte: 9007199254740993
        Gone: null
        Other|fieldref: Image
        Name|expand: '%names%'
    f: {User|contains|windash: ' -é'}
    condition: s and not f
---
title: many
correlation: {type: value_count, rules: [5a3f1c9e-6b0d-4a52-9d0e-3a1f0c7e9b11], group-by: [User], timespan: 5m, condition: {gte: 2, field: Host}}
---
title: none of these
logsource: {category: process_creation, product: windows}
filter: {rules: any, sel: {User: admin}, condition: not sel}
`

// ruleDir holds one rule file old enough for its time to be trusted.
func ruleDir(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	writeOld(t, filepath.Join(dir, "a.yml"), text, time.Hour)
	return dir
}

func writeOld(t *testing.T, file, text string, age time.Duration) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	at := time.Now().Add(-age)
	require.NoError(t, os.Chtimes(file, at, at))
}

func TestCacheReturnsWhatParsingMade(t *testing.T) {
	t.Parallel()
	dir, file := ruleDir(t, cachedRule), filepath.Join(t.TempDir(), "rules.cache")
	rules, problems := LoadPaths(dir)
	require.Len(t, rules, 3)
	for _, when := range []string{"made", "read"} {
		got, more := LoadCached(file, dir)
		assert.Equal(t, withoutRegexps(rules), withoutRegexps(got), when)
		assert.Equal(t, problems, more, when)
	}
}

func withoutRegexps(rules []*Rule) []*Rule {
	for _, r := range rules {
		if r.detection == nil {
			continue
		}
		for _, s := range r.detection.selections {
			for _, it := range s.items() {
				for i := range it.values {
					it.values[i].Re = nil
				}
			}
		}
	}
	return rules
}

func TestCacheFollowsTheRules(t *testing.T) {
	t.Parallel()
	dir, file := ruleDir(t, cachedRule), filepath.Join(t.TempDir(), "deeper", "rules.cache")
	rule := filepath.Join(dir, "a.yml")
	LoadCached(file, dir)
	made, err := os.ReadFile(file)
	require.NoError(t, err)

	writeOld(t, rule, cachedRule, 2*time.Hour) // another time, the same contents
	LoadCached(file, dir)
	touched, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.NotEqual(t, made, touched, "the new time is noted")

	writeOld(t, rule, "title: short\nlogsource: {product: linux}\ndetection: {s: {a: b}, condition: s}\n", 3*time.Hour)
	rules, _ := LoadCached(file, dir)
	require.Len(t, rules, 1)
	assert.Equal(t, "short", rules[0].Title)

	changed := "title: shirt\nlogsource: {product: linux}\ndetection: {s: {a: b}, condition: s}\n"
	writeOld(t, rule, changed, 0) // the same size, so recent that the time need not tell
	info, err := os.Stat(rule)
	require.NoError(t, err)
	LoadCached(file, dir)
	require.NoError(t, os.WriteFile(rule, []byte("title: skirt"+changed[12:]), 0o600))
	require.NoError(t, os.Chtimes(rule, info.ModTime(), info.ModTime()))
	rules, _ = LoadCached(file, dir)
	assert.Equal(t, "skirt", rules[0].Title)
}

func TestDamagedCacheIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir, file := ruleDir(t, cachedRule), filepath.Join(t.TempDir(), "rules.cache")
	want, _ := LoadCached(file, dir)
	good, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, bad := range [][]byte{nil, good[:40], good[:len(good)-1], append([]byte("x"), good[1:]...)} {
		require.NoError(t, os.WriteFile(file, bad, 0o600))
		got, _ := LoadCached(file, dir)
		assert.Len(t, got, len(want))
		again, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, len(good), len(again), "the cache is whole again")
	}
	_, problems := LoadCached(filepath.Join(file, "not a folder"), dir)
	require.NotEmpty(t, problems)
	assert.Equal(t, "Cache cannot be written", problems[len(problems)-1].Summary)
}

// FuzzCache reads damaged bodies past the checksum: an error, never a panic.
func FuzzCache(f *testing.F) {
	rules, problems := Parse("a.yml", []byte(cachedRule))
	f.Add(cacheCodec().Encode(cachedRules{rules, problems}))
	f.Fuzz(func(t *testing.T, body []byte) {
		c, err := cacheCodec().Decode(body)
		if err != nil {
			assert.Empty(t, c)
		}
	})
}

func TestCacheOfAllRules(t *testing.T) {
	t.Parallel()
	all := sigmaHQ(t)
	paths, _ := benchRules(t)
	file := filepath.Join(t.TempDir(), "rules.cache")
	LoadCached(file, paths...)
	rules, _ := LoadCached(file, paths...)
	require.Len(t, rules, len(all.rules))
	set, problems := Compile(rules)
	assert.Zero(t, Errors(problems))
	for _, ev := range recordedEvents(t) {
		assert.Equal(t, titles(all.set.Match(ev, nil)), titles(set.Match(ev, nil)))
	}
}
