package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship"
)

var someDeliveries = []delivery{
	{Name: "splunk", Run: "r", To: "https://127.0.0.1:8088", Format: "hec", Events: "jsonl", Guarantee: ship.AtLeastOnce,
		Counts: ship.Counts{Made: 10, Delivered: 4, Refused: map[string]uint64{"bad": 1}, Dropped: 2, Waiting: 3}, Left: map[string]int{"lists": 1}, Spool: "s", Problem: "down"},
	{Name: "elastic", Run: "r", To: "https://127.0.0.1:9200", Format: "bulk", Events: "ecs", Replay: true, Guarantee: ship.Once,
		Counts: ship.Counts{Made: 2, Delivered: 2, Already: 1, Refused: map[string]uint64{}}, Left: map[string]int{}},
}

func TestWhatBecameOfShipmentsIsValidByItsSchema(t *testing.T) {
	t.Parallel()
	schema, err := os.ReadFile("ship_schema.json")
	require.NoError(t, err)
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("ship", parsed))
	compiled, err := compiler.Compile("ship")
	require.NoError(t, err)
	for _, all := range [][]delivery{someDeliveries, {}} {
		text, err := json.Marshal(shipReport{shipReportFormat, all})
		require.NoError(t, err)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err)
		require.NoError(t, compiled.Validate(document))
	}
}

func TestWhatBecameOfShipmentsIsTold(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := &command{State: &State{Stderr: &out}}
	for _, s := range someDeliveries {
		c.tellDelivery(s)
	}
	assert.Equal(t, `ship splunk: 10 events made: 4 delivered at least once, 1 refused, 2 dropped as the spool was full, 3 waiting
  refused: 1, bad
  left out: 1, lists
  not all was sent: down
  waiting in s: `+"`ringer ship --resume`"+` sends the rest
ship elastic: 2 events made: 2 delivered exactly once (1 already there)
`, out.String())
}

func TestTheExitCodeIsOfTheWorstShipment(t *testing.T) {
	t.Parallel()
	require.NoError(t, deliveryError(someDeliveries[1:]))
	refused := delivery{Counts: ship.Counts{Made: 1, Refused: map[string]uint64{"bad": 1}}}
	require.ErrorIs(t, deliveryError([]delivery{someDeliveries[1], refused}), errNotMet)
	err := deliveryError(append([]delivery{refused}, someDeliveries...))
	require.ErrorIs(t, err, errNotShipped)
	assert.Equal(t, ExitBroke, exitCode(t.Context(), err))
	assert.False(t, errors.Is(err, errNotMet))
}
