package audit_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/audit"
	"github.com/ringer-lab/ringer/scenarios"
)

const library = `
behaviour "note_left" {
  platform = linux
  hosts    = ["web"]
  summary  = "leave a note"
  source   = "none"

  argument "name" {
    like    = "*.txt"
    default = "a.txt"
  }
  argument "target" {
    type = object
    argument "port" {
      type    = number
      min     = 1
      max     = 99
      default = 80
    }
  }

  process "tee" {
    image   = "/usr/bin/tee"
    command = "tee ${arg.name}"
    write {
      path    = "/srv/${arg.name}"
      content = inert("x")
    }
    append {
      path    = "/var/log/syslog"
      content = "a line\nanother\n"
    }
  }
}

ordinary_day "plain" {
  summary = "a file is removed"
  hosts   = ["web", "billing"]

  activity "removed" {
    summary = "it is removed"
    process "rm" {
      image = "/usr/bin/rm"
      remove {
        path = "/etc/crontab"
      }
    }
  }
}
`

func audited(t *testing.T) audit.Audit {
	t.Helper()
	file, problems := behaviour.Parse("library.hcl", []byte(library))
	require.Empty(t, problems)
	read, problems := behaviour.ReadSource(behaviour.Source{Name: "library", Files: []*hcl.File{file}, Uses: []*behaviour.Library{scenarios.Library()}})
	require.Empty(t, problems)
	digest := strings.Repeat("0", 64)
	return audit.Of([]audit.Source{{Path: "library.hcl", Digest: digest, Files: []audit.File{{Name: "library.hcl", Digest: digest, Bytes: len(library)}}}}, []*behaviour.Library{read})
}

func TestAnAuditShowsWhatCouldBeDone(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, audit.Text(&out, audited(t), report.Style{Width: 100}))
	for _, line := range []string{
		"note_left  library.hcl:2",
		"  performed on     web (linux)",
		"  a scenario says  name: a plain name like *.txt, without paths or quotes",
		"                   target.port: 1 to 99",
		"  programs         /usr/bin/tee: tee ${arg.name}",
		"  write            /srv/${arg.name}; content 39 bytes with ringer's mark",
		`  append           /var/log/syslog; content 15 bytes: a line\nanother\n`,
		"plain: removed  library.hcl:36",
		"  performed on     billing, web",
		"  remove           /etc/crontab",
		"Impossible, whatever they say",
		"         library.hcl: 1 file",
	} {
		assert.Contains(t, out.String(), line+"\n")
	}
}

func TestTheDocumentIsOfItsSchema(t *testing.T) {
	t.Parallel()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(audit.Schema))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("schema.json", document))
	schema, err := compiler.Compile("schema.json")
	require.NoError(t, err)
	all := audit.Of([]audit.Source{}, []*behaviour.Library{scenarios.Library()})
	assert.Greater(t, len(all.Items), 60)
	for _, shown := range []audit.Audit{audited(t), all} {
		text, err := json.Marshal(shown)
		require.NoError(t, err)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(document))
	}
	assert.Error(t, schema.Validate(map[string]any{"format": "ringer.audit/2"}))
}
