package scenario

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// Ship is where events can be shipped to. Nothing is connected to unless the command line
// names it.
type Ship struct {
	Name Identifier
	// Target has its paths from the working folder.
	Target target.Target
	Range  hcl.Range
}

var shipBlock = &schema.Block{
	Name:   "ship",
	Labels: []schema.Label{{Name: "name", Doc: "the name by which `--ship` and `ringer ship --to` refer to it"}},
	Doc: "Says where a run's events can be sent. The block alone connects to nothing: `ringer run --ship NAME` sends while steps are performed, `ringer ship --to NAME` sends what a recording has, " +
		"and each event of that says that it is a replay. Another machine than this one must be named on the command line as well (`--ship-to HOST`), unless the block is in a file of nothing but such blocks that `--ship-file` names.\n\n" +
		"Events wait on disk, in `.ringer/ship`, until they are taken: `ringer ship --resume` sends what a broken run left. " +
		"A file and the bulk API have each event exactly once, Splunk, OpenTelemetry and syslog over TCP or TLS at least once, and over UDP at most once.",
	Example: `
ship "splunk" {
  to         = "https://127.0.0.1:8088"
  format     = "hec"
  events     = "ocsf"
  token      = env("SPLUNK_TOKEN")
  index      = "purple"
  sourcetype = "ringer:ocsf"
  ca         = "ca.pem"
}

ship "elastic" {
  to       = "https://127.0.0.1:9200"
  format   = "bulk"
  user     = "ringer"
  password = file("elastic.password")
  batch    = 1000
}

ship "syslog" {
  to          = "tls://127.0.0.1:6514"
  ca          = "ca.pem"
  certificate = "ringer.pem"
  key         = "ringer-key.pem"
  server_name = "log.example"
  max_message = 65536
  max_spool   = 1024
}

ship "file" {
  to = "events.jsonl"
}
`,
	Attributes: []schema.Attribute{
		{Name: "to", Type: schema.String, Required: true, Such: `to = "tcp://127.0.0.1:514"`, Doc: "Where to: `udp://`, `tcp://` or `tls://` and the host and port of a syslog daemon; the `http://` or `https://` address of a server; " +
			"the path of a file that is appended to, from the working folder; or `stdout`. An address has no user, password or query. Over `http://` a secret goes to this machine alone."},
		{Name: "format", Type: schema.String, Default: "what the address can only be: `syslog` or `lines`", Doc: "How events are put together: `hec` for Splunk's HTTP Event Collector, `bulk` for Elasticsearch and OpenSearch, `otlp` for OpenTelemetry, `syslog` (RFC 5424), or `lines`. An HTTP server needs it."},
		{Name: "events", Type: schema.String, Default: "`ecs` for `bulk`, `otlp` for `otlp`, else `jsonl`", Doc: "The format of the events, as `ringer events --format` has it. " + shipEvents()},
		{Name: "token", Type: schema.Secret, Doc: "The token of `hec`, the API key of `bulk`, the bearer token of `otlp`."},
		{Name: "user", Type: schema.String, Doc: "The user, for `bulk` and `otlp`; needs `password`."},
		{Name: "password", Type: schema.Secret, Doc: "The user's password."},
		{Name: "index", Type: schema.String, Default: "`logs-ringer-default` for `bulk`, that of the token for `hec`", Doc: "The index or data stream."},
		{Name: "sourcetype", Type: schema.String, Default: "`ringer:` and the format of the events", Doc: "Splunk's source type. Rules look for the one that they know."},
		{Name: "ca", Type: schema.String, Default: "the system's", Doc: "The file of the certificate authorities that may have signed the server's certificate, in PEM, from this file's folder. It is always checked."},
		{Name: "certificate", Type: schema.String, Doc: "The file of the certificate that is shown to the server; needs `key`."},
		{Name: "key", Type: schema.String, Doc: "The file of its key."},
		{Name: "server_name", Type: schema.String, Default: "the host of `to`", Doc: "The name that the server's certificate must have."},
		{Name: "batch", Type: schema.Whole, Default: "500", Doc: "How many events are sent at a time at most."},
		{Name: "max_message", Type: schema.Whole, Default: "8192", Doc: "The most bytes of a syslog message. A longer one is refused and counted, as many daemons would cut it without a word."},
		{Name: "max_spool", Type: schema.Whole, Default: "256", Doc: "How many MiB may wait on disk. When it is full a recording waits for room; a live run goes on, and says how many events it had to drop."},
	},
}

// shipEvents says which formats of events each format takes.
func shipEvents() string {
	var said []string
	for _, format := range target.Formats() {
		said = append(said, "`"+string(format.Name)+"` takes "+strings.Join(format.Events, ", "))
	}
	return strings.Join(said, "; ") + "."
}

func (d *decoder) decodeShip(block *hcl.Block) Ship {
	before := d.ErrorCount()
	out := Ship{Name: d.declareName("ship", block, 0), Range: block.DefRange}
	c := d.decodeBlock(block, shipBlock)
	to := &out.Target
	to.Name = out.Name.Text
	folder := filepath.Dir(filepath.FromSlash(block.DefRange.Filename))
	for _, text := range []struct {
		name string
		to   *string
		path bool
	}{
		{"to", &to.To, false}, {"events", &to.Events, false}, {"user", &to.User, false}, {"index", &to.Index, false}, {"sourcetype", &to.Sourcetype, false},
		{"ca", &to.CA, true}, {"certificate", &to.Certificate, true}, {"key", &to.Key, true}, {"server_name", &to.ServerName, false},
	} {
		*text.to, _ = value[string](c, text.name)
		if text.path {
			*text.to = below(folder, *text.to)
		}
	}
	to.Format = target.Format(valueOr(c, "format", ""))
	to.Batch, to.MaxMessage, to.MaxSpool = valueOr(c, "batch", 0), valueOr(c, "max_message", 0), valueOr(c, "max_spool", 0)
	for name, secret := range map[string]**target.Secret{"token": &to.Token, "password": &to.Password} {
		if attr, ok := value[*hcl.Attribute](c, name); ok {
			if found, ok := d.secretValue(block, attr); ok {
				found.File = below(folder, found.File)
				*secret = &found
			}
		}
	}
	if d.ErrorCount() != before {
		return out
	}
	for _, problem := range to.Problems() {
		at := diagnostic.AtBlock(block)
		// An address with a secret in it is not shown.
		if attr := c.Attributes[problem.Attribute]; attr != nil && (problem.Attribute != "to" || !strings.ContainsAny(to.To, "@?#")) {
			at = diagnostic.AtValue(attr)
		}
		d.Errorf(at, "Invalid destination", "%q of ship %q: %s", problem.Attribute, out.Name.Text, problem.Text)
	}
	return out
}

// below is a path from a folder; what is empty or absolute stays as it is.
func below(folder, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, filepath.FromSlash(path))
}

var environmentName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`) })

// secretValue reads where a secret is: a call of env or file with a text. Nothing is
// evaluated, so that no value gets anywhere; and a problem shows the head of the block, as a
// secret may stand in the line.
func (d *decoder) secretValue(block *hcl.Block, attr *hcl.Attribute) (target.Secret, bool) {
	wrong := func(what string) (target.Secret, bool) {
		d.Errorf(diagnostic.AtBlock(block), "Invalid secret", `%q in line %d %s Expected env("NAME"), an environment variable, or file("PATH"), a file that has nothing else.`,
			attr.Name, attr.Range.Start.Line, what)
		return target.Secret{}, false
	}
	call, problems := hcl.ExprCall(unwrapped(attr.Expr))
	if problems.HasErrors() {
		return wrong("must not be written here.")
	}
	if !slices.Contains([]string{"env", "file"}, call.Name) || len(call.Arguments) != 1 {
		return wrong("cannot be computed.")
	}
	text, literal := quoted(call.Arguments[0])
	switch {
	case !literal || text == "":
		return wrong("must name it as it is.")
	case call.Name == "file":
		return target.Secret{File: text}, true
	case !environmentName().MatchString(text):
		return wrong("names no environment variable.")
	}
	return target.Secret{Env: text}, true
}
