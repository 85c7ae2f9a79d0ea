package format

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/outside"
)

// Format is how a tool writes alerts.
type Format struct {
	// Name is that in the language, Doc says what it is.
	Name, Doc string

	fields mapping
	// items are where the alerts are in a record that has many.
	items []path
	// skip reports whether a record is something else than an alert; nil is that none is.
	skip func(record map[string]any) bool
	// adjust completes what cannot be said by a path; nil is nothing.
	adjust func(record map[string]any, a *outside.Alert)
}

// Free is the format of those that are read by their user's mapping alone.
const Free = "json"

// Formats returns all formats, the free one last.
func Formats() []Format {
	return []Format{falco(), tetragon(), wazuh(), suricata(), elastic(), splunk(), osquery(), ocsf(), {Name: Free, Doc: "Any JSON, as `map` says."}}
}

// paths makes a mapping of fields and paths, as a format has them.
func paths(of map[Field]string) mapping {
	out := mapping{}
	for field, alternatives := range of {
		for _, text := range strings.Fields(alternatives) {
			out[field] = append(out[field], strings.Split(text, "."))
		}
	}
	return out
}

func falco() Format {
	return Format{
		Name: "falco", Doc: "Falco's `json_output`, of its file, program or HTTP output.",
		fields: paths(map[Field]string{
			Rule: "rule", Severity: "priority", Time: "output_fields.evt.time.iso8601 time", Host: "hostname", Container: "output_fields.container.id",
			Process: "output_fields.proc.name", Exe: "output_fields.proc.exepath", PID: "output_fields.proc.vpid", Args: "output_fields.proc.cmdline",
			Parent: "output_fields.proc.pname", File: "output_fields.fs.path.name output_fields.fs.path.target output_fields.fd.name", SHA256: "output_fields.proc.hash.sha256",
			From: "output_fields.fd.cip", FromPort: "output_fields.fd.cport", To: "output_fields.fd.sip", ToPort: "output_fields.fd.sport", ID: "uuid",
		}),
		adjust: func(_ map[string]any, a *outside.Alert) {
			from, to, both := strings.Cut(a.Path, "->") // fd.name of a socket
			if both {
				a.From, a.To, a.Path = end(from, ""), end(to, ""), ""
			}
		},
	}
}

// tetragonEvents are the kinds of its events.
var tetragonEvents = [...]string{"process_kprobe", "process_tracepoint", "process_uprobe", "process_lsm", "process_exec", "process_exit", "process_loader"}

func tetragon() Format {
	fields := mapping{Host: {{"node_name"}}, Time: {{"time"}}}
	for _, kind := range tetragonEvents {
		for field, below := range map[Field][]string{
			Rule: {"policy_name"}, RuleID: {"message"}, Process: {"process.binary"}, Exe: {"process.binary"}, Args: {"process.arguments"}, Parent: {"parent.binary"},
			Container: {"process.pod.container.id", "process.docker"},
			File:      {"args.0.file_arg.path", "args.1.file_arg.path", "args.0.path_arg.path", "args.1.path_arg.path", "args.0.string_arg"},
			From:      {"args.0.sock_arg.saddr"}, FromPort: {"args.0.sock_arg.sport"}, To: {"args.0.sock_arg.daddr"}, ToPort: {"args.0.sock_arg.dport"},
			SHA256: {"process.binary_properties.sha256"},
		} {
			for _, text := range below {
				fields[field] = append(fields[field], strings.Split(kind+"."+text, "."))
			}
		}
	}
	return Format{
		Name: "tetragon", Doc: "Tetragon's JSON export. An event of a tracing policy is an alert of that; an event of a process without one is an alert of its kind, such as `process_exec`.",
		fields: fields,
		adjust: func(record map[string]any, a *outside.Alert) {
			for _, kind := range tetragonEvents {
				if _, is := record[kind]; is && a.Rule == "" {
					a.Rule = kind
				}
			}
			a.Process = base(a.Process)
			a.Container = a.Container[strings.LastIndexByte(a.Container, '/')+1:] // docker://…
			if a.Args != "" {
				a.Args = a.Exe + " " + a.Args
			}
		},
	}
}

func wazuh() Format {
	return Format{
		Name: "wazuh", Doc: "Wazuh 4's `alerts.json`, or its integrations. A rule can be named by its description or by its number.",
		fields: paths(map[Field]string{
			ID: "id", Rule: "rule.description", RuleID: "rule.id", Severity: "rule.level", Time: "timestamp", Host: "predecoder.hostname agent.name",
			Container: "data.container.id data.docker.Actor.ID", Process: "data.audit.command data.process.name", Exe: "data.audit.exe data.win.eventdata.image data.process.executable",
			Args: "data.audit.execve data.win.eventdata.commandLine data.command_line", Parent: "data.win.eventdata.parentImage data.process.parent.name",
			File: "syscheck.path data.audit.file.name data.win.eventdata.targetFilename data.file.path", SHA256: "syscheck.sha256_after data.file.sha256",
			From: "data.srcip data.src_ip", FromPort: "data.srcport data.src_port", To: "data.dstip data.dest_ip", ToPort: "data.dstport data.dest_port",
		}),
		items: []path{{"hits", "hits"}},
		adjust: func(record map[string]any, a *outside.Alert) {
			if words, ok := lookup(record, []string{"data", "audit", "execve"}).(map[string]any); ok {
				var argv []string
				for _, n := range []string{"a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7"} {
					if word := textOf(words[n]); word != "" {
						argv = append(argv, word)
					}
				}
				a.Args = strings.Join(argv, " ")
			}
		},
	}
}

func suricata() Format {
	return Format{
		Name: "suricata", Doc: "Suricata's EVE JSON; what is not of `event_type` `alert` is passed over. A rule can be named by its signature or its number.",
		fields: paths(map[Field]string{
			Rule: "alert.signature", RuleID: "alert.signature_id", Severity: "alert.severity", Time: "timestamp", Host: "host",
			From: "src_ip", FromPort: "src_port", To: "dest_ip", ToPort: "dest_port", File: "fileinfo.filename", SHA256: "fileinfo.sha256",
		}),
		skip: func(record map[string]any) bool { return record["event_type"] != "alert" },
	}
}

func elastic() Format {
	fields := paths(map[Field]string{
		Rule: "kibana.alert.rule.name rule.name signal.rule.name", RuleID: "kibana.alert.rule.uuid kibana.alert.rule.rule_id rule.uuid rule.id", Severity: "kibana.alert.severity",
		Time: "kibana.alert.original_time @timestamp", Host: "host.name host.hostname", Container: "container.id", Process: "process.name", Exe: "process.executable",
		Args: "process.command_line process.args", Parent: "process.parent.name process.parent.executable", File: "file.path", SHA256: "file.hash.sha256 process.hash.sha256",
		From: "source.ip", FromPort: "source.port", To: "destination.ip", ToPort: "destination.port", ID: "kibana.alert.uuid", Count: "kibana.alert.suppression.docs_count kibana.alert.threshold_result.count",
	})
	for field, all := range fields {
		for _, p := range all {
			fields[field] = append(fields[field], append([]string{"_source"}, p...)) // as a search answers
		}
	}
	fields[ID] = append(fields[ID], path{"_id"})
	return Format{
		Name: "elastic", Doc: "Elastic's detection alerts, as a search in `.alerts-security.alerts-*` or a connector gives them. Building blocks are passed over.",
		fields: fields, items: []path{{"hits", "hits"}},
		skip: func(record map[string]any) bool {
			return slices.ContainsFunc([][]string{{"kibana", "alert", "building_block_type"}, {"_source", "kibana", "alert", "building_block_type"}}, func(p []string) bool {
				return textOf(lookup(record, p)) != ""
			})
		},
	}
}

func splunk() Format {
	fields := paths(map[Field]string{
		Rule: "search_name rule_name savedsearch_name source", RuleID: "rule_id", Severity: "severity urgency", Time: "orig_time _time", Host: "dest orig_host dvc host",
		Container: "container_id", Process: "process_name", Exe: "process_path process_exec", Args: "process", Parent: "parent_process_name parent_process_path", File: "file_path",
		SHA256: "file_hash process_hash", From: "src_ip src", FromPort: "src_port", To: "dest_ip", ToPort: "dest_port", ID: "event_id notable_id", Count: "count",
	})
	for field, all := range fields {
		for _, p := range all {
			fields[field] = append(fields[field], append([]string{"result"}, p...)) // as a job or an alert action has it
		}
	}
	return Format{
		Name: "splunk", Doc: "Notable events of Splunk Enterprise Security, as a search or an alert's webhook gives them.",
		fields: fields, items: []path{{"results"}},
		skip: func(record map[string]any) bool { return record["preview"] == true },
	}
}

func osquery() Format {
	return Format{
		Name: "osquery", Doc: "osquery's results; the name of the query is the rule. Rows that went away are passed over.",
		fields: paths(map[Field]string{
			Rule: "name", Time: "columns.time unixTime calendarTime", Host: "decorations.hostname hostIdentifier", Container: "columns.container_id columns.docker_container_id",
			Process: "columns.process_name", Exe: "columns.exe columns.executable", Args: "columns.cmdline", Parent: "columns.parent_name columns.parent_path",
			File: "columns.target_path columns.path", SHA256: "columns.sha256", From: "columns.local_address", FromPort: "columns.local_port", To: "columns.remote_address", ToPort: "columns.remote_port",
		}),
		skip: func(record map[string]any) bool { return record["action"] == "removed" },
		adjust: func(_ map[string]any, a *outside.Alert) {
			if a.Args != "" && a.Exe == "" { // of a process `path` is its program
				a.Exe, a.Path = a.Path, ""
			}
		},
	}
}

func ocsf() Format {
	fields := paths(map[Field]string{
		Rule: "finding_info.analytic.name finding_info.title", RuleID: "finding_info.analytic.uid", Severity: "severity severity_id", Time: "finding_info.first_seen_time time",
		ID: "finding_info.uid metadata.uid", Host: "device.hostname device.name", Container: "device.container.uid", Count: "count",
	})
	for field, below := range map[Field]string{
		Process: "process.name actor.process.name", Exe: "process.file.path actor.process.file.path", Args: "process.cmd_line actor.process.cmd_line",
		Parent: "process.parent_process.name actor.process.parent_process.name", File: "file.path", Host: "device.hostname", Container: "container.uid process.container.uid actor.process.container.uid",
		From: "src_endpoint.ip", FromPort: "src_endpoint.port", To: "dst_endpoint.ip", ToPort: "dst_endpoint.port",
	} {
		for p := range strings.FieldsSeq(below) {
			fields[field] = append(fields[field], strings.Split("evidences."+p, "."))
		}
	}
	return Format{
		Name: "ocsf", Doc: "Detection Findings (class 2004) of OCSF; other classes are passed over.",
		fields: fields,
		skip:   func(record map[string]any) bool { return textOf(record["class_uid"]) != "2004" },
	}
}
