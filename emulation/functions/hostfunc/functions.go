package hostfunc

import (
	"encoding/hex"
	"maps"
	"strings"
	"sync"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/ringer-lab/ringer/emulation/act"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/artifact/logline"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/callrecord"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/functions"
)

// Function is a function of expressions in a library, beside those of scenarios.
type Function struct {
	Name, Doc string
	// Parameters are the names of its parameters; an object is described in Doc.
	Parameters []string
	made       function.Function
}

// All returns the functions, each of which makes a text that ringer's own readers
// understand, or says something of a path, an account or a program.
var All = sync.OnceValue(func() []Function {
	return []Function{
		textFunction("inert", "A text file's content: ringer's marker, and a line to tell the file from others by.",
			func(line string) string { return string(artifact.Marked(line)) }, "line"),
		textFunction("inert_comment", "The same for a file whose comments begin with #: the marker is a comment, the text comes after it.",
			func(text string) string { return string(artifact.MarkedComment(text)) }, "text"),
		objectFunction("program", "The content of a file that stands for a program, with a version resource as `version` has it.", "version",
			func(v act.Version) string { return string(artifact.Program(v.Resource())) }),
		{Name: "library", Doc: "The content of a file that stands for a library: a version resource, who is said to have signed it, and what is said of that signature.",
			Parameters: []string{"version", "signer", "status"}, made: libraryFunction},
		{Name: "version_of", Doc: "The version resource that is usual for a program of that name.", Parameters: []string{"name"}, made: versionFunction},
		textFunction("base_name", "The last name of a path, of Windows or of Linux.",
			func(path string) string { return path[lastSeparator(path)+1:] }, "path"),
		textFunction("folder_of", "A path without its last name and what separates it.",
			func(path string) string { return path[:max(0, lastSeparator(path))] }, "path"),
		textFunction("extension", "What follows the last dot of a path's last name, with the dot, in small letters; empty if there is no dot.", extension, "path"),
		textFunction("hex", "Bytes in hexadecimal, as a registry value of type REG_BINARY has them.",
			func(text string) string { return hex.EncodeToString([]byte(text)) }, "text"),
		textFunction("quote_windows", "A text in quotes, as a Windows command line has it.",
			func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }, "text"),
		textFunction("registry_value", "What a file that stands for a registry value holds, for `given`.",
			func(kind, data string) string { return string(artifact.Value{Type: kind, Data: data}.Encode()) }, "type", "data"),
		textFunction("value_path", "The path of a registry value; an empty name is the key's unnamed value.",
			func(key, name string) string { return artifact.ValuePath(key, name) }, "key", "name"),
		textFunction("sid", "The security identifier of a Windows account.", asset.WindowsSID, "account"),
		textFunction("account_name", "A Windows account without its domain.",
			func(account string) string { _, name := asset.SplitWindowsAccount(account); return name }, "account"),
		textFunction("event_log_file", "The file of an event log's channel.", artifact.EventLogFile, "channel"),
		textFunction("task_file", "The file of a scheduled task.", artifact.TaskFile, "name"),
		textFunction("task_key", "The registry key of a task's entry in the cache.", artifact.TaskCacheKey, "name"),
		textFunction("task_id", "The value \"Id\" of a task's entry in the cache.",
			func(name string) string { _, value := artifact.TaskCacheEntry(name); return value.Data }, "name"),
		textFunction("task_toggled", "The definition of a task that is enabled where the given one is disabled, and the other way round; the given one with a comment where it says neither.", toggledTask, "definition"),
		textFunction("task_marked", "A task's definition in XML with ringer's marker; an empty one is of a task that starts nothing.", markedTask, "definition"),
		objectFunction("task_definition", "The definition of a task, with name, author, run_as, trigger and command; short is that of an old host.", "task", taskDefinition),
		textFunction("service_key", "The registry key of a service.",
			func(name string) string { return artifact.Service{Name: name}.Key() }, "name"),
		textFunction("pipe_path", "The path of a named pipe.", artifact.PipePath, "name"),
		textFunction("share_path", "The path of a file on a share of a host.", artifact.SharePath, "host", "share", "below"),
		textFunction("prefetch_note", "The note that the prefetcher keeps of a program.", artifact.PrefetchNote, "image"),
		textFunction("mapped_note", "What a program notes of a library that it has mapped, for `prove`.",
			func(path, content string) string { return string(effect.Load{Path: path}.Recorded([]byte(content))) }, "path", "content"),
		textFunction("web_setting", "A line of the web server's settings.",
			func(name, value string) string {
				return string(artifact.WebSetting{Name: name, Value: value}.Encode())
			}, "name", "value"),
		textFunction("filter_setting", "The name of a setting of an ISAPI filter, such as its path.", artifact.FilterSetting, "filter", "attribute"),
		textFunction("site_log_setting", "The name of a setting of the default site's log file.", artifact.SiteLogSetting, "attribute"),
		objectFunction("log_record", "A record of an event log, as its file has it: provider, id and data.", "record", func(r recordAttributes) string {
			return string(artifact.LogRecord{Provider: r.Provider, ID: r.ID, Data: r.Data}.Encode())
		}),
		objectFunction("logon_session", "A line of the table of sessions: ended, type, account, address and workstation.", "session",
			func(s act.Session) string { return string(s.Line()) }),
		objectFunction("directory_line", "A line of a domain's directory: user, and group if it is a membership.", "entry",
			func(d act.DirectoryEntry) string { return string(d.Line()) }),
		objectFunction("directory_change_line", "A change of the directory: what, and data.", "change",
			func(d act.DirectoryChange) string { return string(d.Line()) }),
		objectFunction("wmi_file", "The file in which the WMI service keeps an object: kind, and data.", "object",
			func(w act.WMIObject) string { return w.Object().Path() }),
		textFunction("syslog_line", "A line of syslog.", func(host, program, message string) string {
			return string(logline.Syslog{Hostname: host, Program: program, Message: message}.Encode())
		}, "host", "program", "message"),
		textFunction("audit_line", "A line of auditd's log; the fields are in its own notation.", func(kind, fields string) string {
			return string(logline.Audit{Type: kind, Fields: fields}.Encode())
		}, "type", "fields"),
		textFunction("statement_line", "A line of PostgreSQL's log on a statement.", func(role, database, program, text string) string {
			return string(logline.Statement{Role: role, Database: database, Program: program, Text: text}.Encode())
		}, "role", "database", "program", "statement"),
		objectFunction("access_line", "A line of a web server's access log: client, method, path, query, status, bytes, referer, agent.", "access", func(a accessAttributes) string {
			return string(logline.Access{
				Client: a.Client, Method: a.Method, Path: a.Path, Query: a.Query, Status: a.Status, Bytes: a.Bytes, Referer: a.Referer, UserAgent: a.Agent,
			}.Encode())
		}),
		objectFunction("passwd_line", "A line of a passwd file: name, password, uid, gid, comment, home and shell.", "account", func(a accountAttributes) string {
			return string(artifact.LinuxAccount{
				Name: a.Name, Password: a.Password, UID: a.UID, GID: a.GID, Comment: a.Comment, Home: a.Home, Shell: a.Shell,
			}.Encode())
		}),
		textFunction("with_member", "A group file with a user added to a group.",
			func(content, group, user string) string {
				return string(artifact.AddGroupMember([]byte(content), group, user))
			}, "content", "group", "user"),
		textFunction("sysmon_config", "A configuration of Sysmon that reports one more kind of event.", func(event string) string { return string(artifact.EncodeSysmonConfig(event)) }, "event"),
		{Name: "audit_policy", Doc: "A Windows audit policy that audits the successes of subcategories: a list of objects of name and guid.", Parameters: []string{"subcategories"}, made: auditPolicyFunction},
		textFunction("call_records", "A file of call records that nobody made.", callrecord.File, "day", "part"),
	}
})

// Table returns all functions by name that an expression of a library may call, but those
// of a host.
var Table = sync.OnceValue(func() map[string]function.Function {
	all := maps.Clone(functions.Table())
	for _, own := range All() {
		all[own.Name] = own.made
	}
	return all
})

// FileContent is the name of the function that asks a host for a file: see [Of].
const FileContent = "file_content"

// Of returns the further functions of an expression that is evaluated for a host.
func Of(on asset.Host) map[string]function.Function {
	return map[string]function.Function{FileContent: function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			content := on.Content(args[0].AsString())
			if content == nil {
				return cty.NilVal, function.NewArgErrorf(0, "a host of kind %s has no file %q", on.Kind.Name, args[0].AsString())
			}
			return cty.StringVal(string(content)), nil
		},
	})}
}
