package scenario

import (
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/outside/format"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// The kinds of detector that are given files in place of watching hosts.
const (
	yaraKind    = "yara"
	scannerKind = "command"
)

var pollBlock = &schema.Block{
	Name: "poll",
	Doc:  "Asks an API over HTTP again and again. It must be on this machine, unless `--detectors-remote` allows others. Redirections are not followed.",
	Example: `
detector "elastic" "siem" {
  within            = "10m"
  authorization_env = "ELASTIC_AUTHORIZATION"

  poll {
    url   = "http://127.0.0.1:9200/alerts/_search"
    body  = jsonencode({ filter = { time = { gte = "{since}" } } })
    every = "10s"
  }
}
`,
	Most: 1,
	Attributes: []schema.Attribute{
		{Name: "url", Type: schema.String, Required: true, Such: `url = "http://127.0.0.1:9200/alerts"`, Doc: "The address. In it, and in `body`, `{since}` stands for the time at which the run began, as RFC 3339 has it, and `{since_unix}` for its seconds since 1970."},
		{Name: "body", Type: schema.String, Doc: "What is sent, as JSON, with POST; without it the request is GET."},
		{Name: "every", Type: schema.Duration, Default: "`\"5s\"`", Doc: "How long to wait between two requests."},
	},
}

var detectorBlock = &schema.Block{
	Name: "detector",
	Labels: []schema.Label{
		{Name: "kind", Doc: "what it is: the name of a format, such as `falco`, `yara`, `command` or any other word"},
		{Name: "name", Doc: "its name; expectations call it KIND.NAME, or KIND if there is no other of that kind"},
	},
	Doc: "Says where the alerts of an outside detector come from and how they are written. " +
		"It may stand in any file, but names files, programs and addresses of the machine that runs ringer: nothing of it is used unless `--detectors FILE` names its file. " +
		"Without that, what is expected of it is skipped. Its alerts are joined to steps by evidence: container or host, process and parent, path, arguments, connection, and then time. " +
		"One that fits two steps equally is of neither, and what is expected of it there is skipped.\n\n" +
		"Exactly one of `file`, `listen`, `command` and `poll` says where alerts come from. A detector of the kind `yara` has `rules` in its place: YARA looks at each file that a step dropped. " +
		"One of the kind `command` has a `command` that is given each such file as its last argument, and alerts by its exit code; its one rule has the detector's name.",
	Example: `
detector "falco" "host" {
  file   = "/var/log/falco.json"
  within = "30s"
  wait   = "2m"
  probe  = "Ringer Probe"
}

detector "alerts" "siem" {
  format             = json
  listen             = "127.0.0.1:9210/alerts"
  map                = { rule = "rule.name", file = "file.path" }
  items              = "alerts"
  authorization_file = "/etc/ringer/siem.secret"
}

detector "alerts" "kernel" {
  format  = json
  command = ["/usr/local/bin/watch-kernel", "--json"]
  map     = { rule = "rule", process = "comm", file = "path" }
  warm_up = "5s"
}

detector "elastic" "cloud" {
  authorization_env = "ELASTIC_AUTHORIZATION"

  poll {
    url = "http://127.0.0.1:9200/alerts/_search"
  }
}

detector "yara" "shells" {
  rules      = "shells.yar"
  time_limit = "30s"
}

detector "command" "clamav" {
  command   = ["/usr/bin/clamscan", "--no-summary"]
  exit_code = 1
}
`,
	Attributes: []schema.Attribute{
		{Name: "file", Type: schema.String, Doc: "A file to which it adds alerts. What is in it when the run begins is passed over; a file that is moved away, emptied or made later is followed."},
		{Name: "listen", Type: schema.String, Doc: "An address of this machine and a path, to which it sends alerts with POST."},
		{Name: "command", Type: schema.Strings, Doc: "A program and its arguments, without a shell. It prints alerts, a line each, until the run ends it. It is started with `PATH`, `HOME` and `LANG` alone."},
		{Name: "format", Type: schema.Keyword, Choices: formatChoices(), Default: "the kind, if it is a format", Doc: "How alerts are written."},
		{Name: "map", Type: schema.Texts, Choices: fieldChoices(), Doc: "Where a field of an alert stands, as a path of names with dots between them, in the place of where the format has it."},
		{Name: "items", Type: schema.String, Doc: "Where the list of alerts is, in a text that has many."},
		{Name: "within", Type: schema.Duration, Default: "`\"30s\"`", Doc: "How long after a step an alert is in time."},
		{Name: "wait", Type: schema.Duration, Default: "twice `within`", Doc: "How long after a step an alert is waited for at all. What comes after `within` is detected late; what comes after `wait` changes nothing any more."},
		{Name: "warm_up", Type: schema.Duration, Default: "`\"0s\"`", Doc: "How long it takes from its start until it sees anything: the first step waits for it."},
		{Name: "probe", Type: schema.String, Doc: "The rule that alerts on the probe: before the first step and after the last `/usr/bin/touch` writes the file `/tmp/ringer-probe-opening`, then `/tmp/ringer-probe-closing` (on Windows `cmd.exe`, in `C:\\Windows\\Temp`). " +
			"If no alert of it comes within `within`, the detector did not answer. Without a probe its silence counts only where other alerts show that it worked, before the step and after it."},
		{Name: "authorization_env", Type: schema.String, Doc: "The environment variable with the value of the header Authorization: `poll` sends it, and to `listen` it must be sent."},
		{Name: "authorization_file", Type: schema.String, Doc: "The same from a file."},
		{Name: "rules", Type: schema.String, Doc: "Of the kind `yara`: the file of rules, from this file's folder."},
		{Name: "time_limit", Type: schema.Duration, Default: "`\"30s\"`", Doc: "Of `yara` and `command`: how long looking at one file may take."},
		{Name: "exit_code", Type: schema.Whole, Default: "1", Doc: "Of the kind `command`: the exit code that says that something was found. 0 says that nothing was; any other that the program failed."},
	},
	Blocks: []*schema.Block{pollBlock},
}

func formatChoices() []schema.Choice {
	var out []schema.Choice
	for _, f := range format.Formats() {
		out = append(out, schema.Choice{Name: f.Name, Doc: f.Doc})
	}
	return out
}

func fieldChoices() []schema.Choice {
	var out []schema.Choice
	for _, f := range format.Fields() {
		out = append(out, schema.Choice{Name: string(f.Name), Doc: f.Doc})
	}
	return out
}

// The times that a detector has where its block names none, and the longest.
const (
	defaultWithin = 30 * time.Second
	defaultEvery  = 5 * time.Second
	defaultLimit  = 30 * time.Second
	longestWait   = 24 * time.Hour
)

func (d *decoder) decodeDetector(block *hcl.Block) Detector {
	kind, name := label(block, 0), d.declareName("detector "+block.Labels[0], block, 1)
	if !namePattern().MatchString(kind.Text) || kind.Text == "sigma" {
		d.Errorf(diagnostic.AtLabel(block, 0), "Invalid name", "%q cannot be a kind of detector: expected a word such as falco; sigma is ringer's own.", kind.Text)
	}
	out, before := Detector{Range: block.DefRange}, d.ErrorCount()
	c := d.decodeBlock(block, detectorBlock)
	out.Name = kind.Text + "." + name.Text
	out.Probe = valueOr(c, "probe", "")
	out.Within = valueOr(c, "within", defaultWithin)
	out.Wait = valueOr(c, "wait", 2*out.Within)
	told := d.ErrorCount() > before // maybe of one of these
	if !told && (out.Within <= 0 || out.Wait < out.Within || out.Wait > longestWait) {
		d.Errorf(diagnostic.AtBlock(block), "Invalid time", "\"within\" is %s and \"wait\" %s: expected more than nothing, no less to wait than within, and at most 24h.", out.Within, out.Wait)
	}
	out.Source = outside.Source{
		Fields: valueOr(c, "map", map[string]string(nil)), Items: valueOr(c, "items", ""),
		WarmUp:    valueOr(c, "warm_up", time.Duration(0)),
		SecretEnv: valueOr(c, "authorization_env", ""), SecretFile: d.beside(block, valueOr(c, "authorization_file", "")),
	}
	if kind.Text == yaraKind || kind.Text == scannerKind {
		d.decodeScanner(block, c, kind.Text, &out)
		return out
	}
	d.refuse(c, "is of the kinds yara and command only", "rules", "time_limit", "exit_code")
	out.Format = d.decodeFormat(block, c, kind.Text)
	d.decodeAlertSource(block, c, &out.Source)
	if out.Format == "" || out.Source.Fields == nil && c.Attributes["map"] != nil {
		return out // what is wrong was reported
	}
	if _, err := format.New(out.Format, out.Source.Fields, out.Source.Items); err != nil {
		d.Errorf(diagnostic.AtBlock(block), "Alerts cannot be read", "%s.", strings.TrimRight(err.Error(), "."))
	}
	return out
}

// beside is a path from the folder of the file that has the block.
func (d *decoder) beside(block *hcl.Block, name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(block.DefRange.Filename), filepath.FromSlash(name))
}

// refuse reports attributes that a detector of this kind cannot have.
func (d *decoder) refuse(c content, why string, names ...string) {
	for _, name := range names {
		if attr := c.Attributes[name]; attr != nil {
			d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", "%q %s.", name, why)
		}
	}
}

// decodeFormat is the format that the block names, or else that which its kind names.
func (d *decoder) decodeFormat(block *hcl.Block, c content, kind string) string {
	if given, ok := value[string](c, "format"); ok || c.Attributes["format"] != nil {
		return given
	}
	attribute, _ := detectorBlock.Attribute("format")
	if slices.Contains(attribute.Words(), kind) {
		return kind
	}
	d.Errorf(diagnostic.AtBlock(block), "Missing attribute", "This detector must have \"format\", one of %s: its kind %q is none.", strings.Join(attribute.Words(), ", "), kind)
	return ""
}

// decodeScanner decodes a detector that is given files.
func (d *decoder) decodeScanner(block *hcl.Block, c content, kind string, out *Detector) {
	d.refuse(c, "cannot be used by a detector that is given files", "file", "listen", "format", "map", "items", "probe", "authorization_env", "authorization_file")
	for _, extra := range c.Blocks.OfType("poll") {
		d.Errorf(diagnostic.AtBlock(extra), "Misplaced block", "A detector that is given files cannot poll.")
	}
	s := &outside.Scanner{Found: valueOr(c, "exit_code", 1), Limit: valueOr(c, "time_limit", defaultLimit)}
	d.refuse(c, "cannot be used by a detector that is given files: it is asked when all was performed", "within", "wait", "warm_up")
	out.Format, out.Source.Scanner, out.Scans = kind, s, true
	out.Within, out.Wait = longestWait, longestWait
	if s.Limit <= 0 || s.Limit > time.Hour {
		d.Errorf(diagnostic.AtBlock(block), "Invalid time", "\"time_limit\" is %s: expected more than nothing, and at most 1h.", s.Limit)
	}
	if kind == yaraKind {
		d.refuse(c, "is of the kind command only", "command", "exit_code")
		s.Rules = d.beside(block, valueOr(c, "rules", ""))
		if s.Rules == "" {
			d.Errorf(diagnostic.AtBlock(block), "Missing attribute", "This detector must have \"rules\", a file of YARA rules, such as rules = \"shells.yar\".")
		}
		return
	}
	d.refuse(c, "is of the kind yara only", "rules")
	s.Command = d.decodeCommand(block, c)
	if len(s.Command) == 0 && c.Attributes["command"] == nil {
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", "This detector must have \"command\", such as command = [\"/usr/bin/clamscan\", \"--no-summary\"].")
	}
	if s.Found < 1 || s.Found > 255 {
		d.Errorf(diagnostic.AtValue(c.Attributes["exit_code"]), "Invalid number", "\"exit_code\" is %d; expected 1 to 255: 0 says that nothing was found.", s.Found)
	}
}

// decodeAlertSource decodes where alerts come from.
func (d *decoder) decodeAlertSource(block *hcl.Block, c content, out *outside.Source) {
	out.File = d.beside(block, valueOr(c, "file", ""))
	out.Listen = valueOr(c, "listen", "")
	out.Command = d.decodeCommand(block, c)
	polls := c.Blocks.OfType("poll")
	given := len(polls)
	for _, name := range []string{"file", "listen", "command"} {
		if c.Attributes[name] != nil {
			given++
		}
	}
	if given != 1 {
		d.Errorf(diagnostic.AtBlock(block), "Where alerts come from", "This detector has %d of file, listen, command and poll; expected exactly one.", given)
		return
	}
	if out.Listen != "" {
		address, _, _ := strings.Cut(out.Listen, "/")
		if _, err := netip.ParseAddrPort(address); err != nil {
			d.Errorf(diagnostic.AtValue(c.Attributes["listen"]), "Invalid address", "%q cannot be listened on: expected an address with a port, such as \"127.0.0.1:9210/alerts\".", out.Listen)
		}
	}
	if given == len(polls) {
		out.Poll = d.decodePoll(polls[0])
	}
}

func (d *decoder) decodeCommand(block *hcl.Block, c content) []string {
	words, ok := value[[]string](c, "command")
	if ok && (len(words) == 0 || words[0] == "" || slices.ContainsFunc(words, func(w string) bool { return strings.ContainsRune(w, 0) })) {
		d.Errorf(diagnostic.AtValue(c.Attributes["command"]), "Invalid command", "\"command\" must be a program and its arguments, such as [\"/usr/bin/watch\", \"--json\"].")
	}
	return words
}

func (d *decoder) decodePoll(block *hcl.Block) *outside.Poll {
	c := d.decodeBlock(block, pollBlock)
	out := &outside.Poll{URL: valueOr(c, "url", ""), Body: valueOr(c, "body", ""), Every: valueOr(c, "every", defaultEvery)}
	at, err := url.Parse(out.URL)
	if out.URL != "" && (err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Hostname() == "" || at.User != nil) {
		d.Errorf(diagnostic.AtValue(c.Attributes["url"]), "Invalid address", "\"url\" must be of http or https, with a host and without a password: a secret is named with authorization_env or authorization_file.")
	}
	if out.Every < time.Second {
		d.Errorf(diagnostic.AtBlock(block), "Invalid time", "\"every\" is %s; expected at least 1s.", out.Every)
	}
	return out
}
