package exerciseserver

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// action is what a template does; tag is an element.
var (
	action   = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	tag      = regexp.MustCompile(`(?s)<[^>]*>`)
	readable = regexp.MustCompile(`(?i)\b(placeholder|title|alt|aria-label|aria-description|label)="([^"]*)"`)
	word     = regexp.MustCompile(`[A-Za-z]{2,}`)
	keyUsed  = regexp.MustCompile(`\b(t|n) "([a-z_0-9.]+)"|"(nav\.[a-z]+)"`)
)

// families are keys that are put together of a beginning and a name.
var families = []string{"help.", "control.", "done.", "error.", "refusal."}

// Every word of the pages is in texts.json, so that it can be translated.
func TestTemplatesHaveNoWordsOfTheirOwn(t *testing.T) {
	t.Parallel()
	seen := 0
	require.NoError(t, fs.WalkDir(templateFiles, "templates", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		source, err := templateFiles.ReadFile(path)
		require.NoError(t, err)
		seen++
		plain := action.ReplaceAllString(string(source), "")
		for _, attribute := range readable.FindAllStringSubmatch(plain, -1) {
			assert.NotRegexp(t, word, attribute[2], "%s: %s", path, attribute[0])
		}
		assert.NotRegexp(t, word, tag.ReplaceAllString(plain, " "), path)
		return nil
	}))
	assert.Greater(t, seen, 15)
}

func TestEveryTextIsThereAndUsed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	require.NoError(t, fs.WalkDir(templateFiles, "templates", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		source, err := templateFiles.ReadFile(path)
		require.NoError(t, err)
		for _, found := range keyUsed.FindAllStringSubmatch(string(source), -1) {
			used[found[2]+found[3]] = true
		}
		return nil
	}))
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if said, err := strconv.Unquote(literal.Value); err == nil {
					used[said] = true
				}
			}
			return true
		})
	}
	for key := range texts() {
		base := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".many")
		ok := used[key] || used[base] || used[strings.TrimSuffix(key, ".title")]
		for _, family := range families {
			ok = ok || strings.HasPrefix(key, family)
		}
		assert.True(t, ok, "%s is used nowhere", key)
	}
	for key := range used {
		family, _, dotted := strings.Cut(key, ".")
		if !dotted || !regexp.MustCompile(`^[a-z_]+(\.[a-z_0-9]+)+$`).MatchString(key) || family == "style" || family == "script" || family == "icon" || strings.HasSuffix(key, ".html") {
			continue
		}
		_, plain := texts()[key]
		_, many := texts()[key+".many"]
		_, one := texts()[key+".one"]
		_, title := texts()[key+".title"]
		assert.True(t, plain || title || many && one, "texts.json has no %s", key)
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"0": "0", "999": "999", "1000": "1,000", "1234567": "1,234,567", "-1234": "-1,234", "x": "x", "": ""} {
		assert.Equal(t, want, grouped(given))
	}
	assert.Equal(t, "1 point", counted("points", 1))
	assert.Equal(t, "2,000 points", counted("points", 2000))
	assert.Equal(t, "no.such.key", text("no.such.key"))
}

// The script is an addition: small, ours, and without a word of its own.
func TestTheScriptIsSmallAndSaysNothing(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("static/script.js")
	require.NoError(t, err)
	assert.LessOrEqual(t, bytes.Count(script, []byte("\n")), 200)
	for _, forbidden := range []string{"eval(", "http://", "https://", "document.write", "insertAdjacentHTML"} {
		assert.NotContains(t, string(script), forbidden)
	}
	assert.NotRegexp(t, `(inner|outer)HTML\s*\+?=[^=]`, string(script))
	style, err := os.ReadFile("static/style.css")
	require.NoError(t, err)
	assert.NotContains(t, string(style), "url(")
	assert.NotContains(t, string(style), "@import")
}
