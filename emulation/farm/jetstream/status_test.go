package jetstream_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/farm"
	"github.com/ringer-lab/ringer/emulation/farm/jetstream"
)

func TestAStatusIsValidByItsSchema(t *testing.T) {
	t.Parallel()
	schema, err := os.ReadFile("status_schema.json")
	require.NoError(t, err)
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("status", parsed))
	compiled, err := compiler.Compile("status")
	require.NoError(t, err)
	text, err := json.Marshal(jetstream.Status{
		Format: jetstream.StatusFormat, Counts: farm.Counts{Planned: 3, Offered: 4, Entered: 1, Duplicates: 1, Refused: 1, Broke: 1, Delayed: 1},
		UnderWay: []jetstream.UnderWay{{Worker: "one/17", Scenario: "night", Seconds: 1.5}},
	})
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	require.NoError(t, compiled.Validate(document))
}
