package attire_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/attire"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/lab/fake"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, run evidence.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, attire.Write(&out, run))
	return out.Bytes()
}

func overlap(t *testing.T) evidence.Run {
	return reporttest.Overlap(t, fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true})
}

// format is what the logger that VECTR reads writes, as a schema: every field, and no
// other.
const format = `{
  "type": "object", "additionalProperties": false, "required": ["attire-version", "execution-data", "procedures"],
  "properties": {
    "attire-version": {"const": "1.1"},
    "execution-data": {
      "type": "object", "additionalProperties": false,
      "required": ["execution-source", "execution-id", "execution-category", "execution-command", "target", "time-generated"],
      "properties": {
        "execution-source": {"type": "string", "minLength": 1},
        "execution-id": {"type": "string", "pattern": "^[A-Za-z0-9+/]{48}$"},
        "execution-category": {
          "type": "object", "additionalProperties": false, "required": ["name", "abbreviation"],
          "properties": {"name": {"type": "string"}, "abbreviation": {"type": "string"}}
        },
        "execution-command": {"type": "string"},
        "target": {
          "type": "object", "additionalProperties": false, "required": ["user", "host", "ip", "path"],
          "properties": {"user": {"type": "string"}, "host": {"type": "string", "minLength": 1}, "ip": {"type": "string"}, "path": {"type": "string"}}
        },
        "time-generated": {"$ref": "#/$defs/time"}
      }
    },
    "procedures": {"type": "array", "items": {
      "type": "object", "additionalProperties": false,
      "required": ["mitre-technique-id", "procedure-name", "procedure-id", "procedure-description", "order", "steps"],
      "properties": {
        "mitre-technique-id": {"type": "string", "pattern": "^T[0-9]{4}(\\.[0-9]{3})?$"},
        "procedure-name": {"type": "string", "minLength": 1},
        "procedure-id": {
          "type": "object", "additionalProperties": false, "required": ["type", "id"],
          "properties": {"type": {"const": "guid"}, "id": {"type": "string", "format": "uuid"}}
        },
        "procedure-description": {"type": "string", "minLength": 1},
        "order": {"type": "integer", "minimum": 1},
        "steps": {"type": "array", "minItems": 1, "items": {
          "type": "object", "additionalProperties": false,
          "required": ["order", "time-start", "time-stop", "executor", "command", "output"],
          "properties": {
            "order": {"type": "integer", "minimum": 1},
            "time-start": {"$ref": "#/$defs/time"}, "time-stop": {"$ref": "#/$defs/time"},
            "executor": {"type": "string"}, "command": {"type": "string", "minLength": 1},
            "process-id": {"type": "integer"}, "exit-code": {"type": "integer"}, "is-timeout": {"type": "boolean"},
            "output": {"type": "array", "minItems": 1, "items": {
              "type": "object", "additionalProperties": false, "required": ["content", "level", "type"],
              "properties": {"content": {"type": "string"}, "level": {"enum": ["STDOUT", "STDERR"]}, "type": {"const": "console"}}
            }}
          }
        }}
      }
    }}
  },
  "$defs": {"time": {"type": "string", "format": "date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"}}
}`

func TestTheLogIsAsTheFormatSays(t *testing.T) {
	t.Parallel()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(format)))
	require.NoError(t, err)
	require.NoError(t, compiler.AddResource("attire.json", text))
	schema, err := compiler.Compile("attire.json")
	require.NoError(t, err)
	for name, run := range map[string]evidence.Run{"sample": reporttest.Sample(t), "overlap": overlap(t)} {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, run)))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(document), name)
	}
	reporttest.Golden(t, *update, "sample.golden", written(t, reporttest.Sample(t)))
}

type executionLog struct {
	Data struct {
		ID string `json:"execution-id"`
	} `json:"execution-data"`
	Procedures []struct {
		Name  string `json:"procedure-name"`
		Order int
		ID    struct{ ID string } `json:"procedure-id"`
		Steps []struct {
			Order   int
			Command string
			Start   time.Time `json:"time-start"`
			Stop    time.Time `json:"time-stop"`
		}
	}
}

func TestProceduresAndStepsAreInOrderAndOfTheirTime(t *testing.T) {
	t.Parallel()
	var log executionLog
	run := overlap(t)
	require.NoError(t, json.Unmarshal(written(t, run), &log))
	id, err := base64.StdEncoding.DecodeString(log.Data.ID)
	require.NoError(t, err)
	assert.Equal(t, reporttest.RunID, uuid.MustParse(string(id)).String())
	require.Len(t, log.Procedures, run.Result.Summary.Steps)
	var before time.Time
	ids := map[string]string{}
	for i, procedure := range log.Procedures {
		assert.Equal(t, i+1, procedure.Order)
		if known, again := ids[procedure.Name]; again {
			assert.Equal(t, known, procedure.ID.ID, "a behaviour has one id")
		}
		ids[procedure.Name] = procedure.ID.ID
		for j, step := range procedure.Steps {
			assert.Equal(t, j+1, step.Order)
			assert.NotEmpty(t, step.Command)
			assert.False(t, step.Start.Before(before), "virtual time goes on")
			assert.False(t, step.Stop.Before(step.Start))
			before = step.Start
		}
	}
	assert.Greater(t, before.Sub(reporttest.Started), 3*365*24*time.Hour)
}

func TestWhatWasNotPerformedIsNoProcedure(t *testing.T) {
	t.Parallel()
	var log executionLog
	require.NoError(t, json.Unmarshal(written(t, reporttest.Sample(t)), &log))
	var names []string
	for _, procedure := range log.Procedures {
		names = append(names, procedure.Name)
	}
	assert.Equal(t, []string{"owa_web_shell_drop", "run_key_set"}, names, "the third step broke")
}

func TestAWriterThatBreaksIsReported(t *testing.T) {
	t.Parallel()
	pipe, writer := io.Pipe()
	require.NoError(t, pipe.Close())
	assert.ErrorIs(t, attire.Write(writer, reporttest.Sample(t)), io.ErrClosedPipe)
}
