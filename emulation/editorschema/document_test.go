package editorschema_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/ringer-lab/ringer/emulation/editorschema"
	"github.com/ringer-lab/ringer/scenarios"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(editorschema.Document())
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("ringer.json", document))
	schema, err := compiler.Compile("ringer.json")
	require.NoError(t, err)
	return schema
}

func TestEveryShippedFileIsValid(t *testing.T) {
	t.Parallel()
	schema, read := compiled(t), 0
	for _, in := range []fs.FS{scenarios.FS, scenarios.LibraryFS} {
		require.NoError(t, fs.WalkDir(in, ".", func(name string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".hcl" {
				return err
			}
			text, err := fs.ReadFile(in, name)
			require.NoError(t, err)
			read++
			assert.NoError(t, schema.Validate(inJSON(t, name, text)), name)
			return nil
		}))
	}
	assert.Greater(t, read, 80)
}

func TestMistakesAreInvalid(t *testing.T) {
	t.Parallel()
	schema := compiled(t)
	for name, text := range map[string]string{
		"an unknown block":           `steps "a" "b" {}`,
		"an unknown attribute":       `asset "exchange" "mail" { host = "x" }`,
		"an attribute of other type": `scenario "x" { references = 1 }`,
		"a missing attribute":        `gap "x" {}`,
		"an unknown keyword": `step "a" "b" {
			on = asset.mail
			expect "sigma" "r" { verdict = maybe }
		}`,
		"an unknown act": `behaviour "x" {
			process "p" {
				explode { path = "/x" }
			}
		}`,
		"an unknown platform": `behaviour "x" { platform = macos }`,
		"an unknown kind":     `fault "flood" "x" {}`,
	} {
		assert.Error(t, schema.Validate(inJSON(t, "x.hcl", []byte(text))), name)
	}
}

func TestTheSameDocumentEachTime(t *testing.T) {
	t.Parallel()
	first, err := json.Marshal(editorschema.Document())
	require.NoError(t, err)
	second, err := json.Marshal(editorschema.Document())
	require.NoError(t, err)
	assert.Equal(t, string(first), string(second))
}

// inJSON gives a file in the JSON form of HCL.
func inJSON(t *testing.T, name string, text []byte) any {
	t.Helper()
	file, problems := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	require.False(t, problems.HasErrors(), problems)
	return bodyInJSON(t, file.Body.(*hclsyntax.Body), text)
}

func bodyInJSON(t *testing.T, body *hclsyntax.Body, text []byte) map[string]any {
	t.Helper()
	out := map[string]any{}
	for name, attribute := range body.Attributes {
		out[name] = valueInJSON(t, attribute.Expr, text)
	}
	for _, block := range body.Blocks {
		var inner any = bodyInJSON(t, block.Body, text)
		for i := len(block.Labels) - 1; i >= 0; i-- {
			inner = map[string]any{block.Labels[i]: inner}
		}
		list, _ := out[block.Type].([]any)
		out[block.Type] = append(list, inner)
	}
	return out
}

// valueInJSON gives a constant as it is, and any other expression as a template.
func valueInJSON(t *testing.T, expression hclsyntax.Expression, text []byte) any {
	t.Helper()
	if word := hcl.ExprAsKeyword(expression); word != "" && word != "null" && word != "true" && word != "false" {
		return word
	}
	if elements, problems := hcl.ExprList(expression); !problems.HasErrors() {
		list := []any{}
		for _, element := range elements {
			list = append(list, valueInJSON(t, element.(hclsyntax.Expression), text))
		}
		return list
	}
	value, problems := expression.Value(nil)
	if problems.HasErrors() || !value.IsWhollyKnown() || value.Type() == cty.DynamicPseudoType && !value.IsNull() {
		at := expression.Range()
		return "${" + string(text[at.Start.Byte:at.End.Byte]) + "}"
	}
	encoded, err := ctyjson.Marshal(value, value.Type())
	require.NoError(t, err)
	decoded, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
	require.NoError(t, err)
	return decoded
}
