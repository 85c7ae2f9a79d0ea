package wazuh

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// names are what the schema calls the fields of Sigma's taxonomy. Of two that it has one
// name for the first counts.
var names = []struct{ field, schema string }{
	{"EventID", "event.code"}, {"Provider_Name", "event.provider"}, {"Computer", "host.hostname"}, {"Message", "message"},
	{"Image", "process.executable"}, {"CommandLine", "process.command_line"}, {"ProcessId", "process.pid"}, {"ProcessGuid", "process.entity_id"},
	{"CurrentDirectory", "process.working_directory"}, {"OriginalFileName", "process.pe.original_file_name"}, {"Product", "process.pe.product"},
	{"Company", "process.pe.company"}, {"Description", "process.pe.description"}, {"FileVersion", "process.pe.file_version"}, {"Imphash", "process.pe.imphash"},
	{"md5", "process.hash.md5"}, {"sha1", "process.hash.sha1"}, {"sha256", "process.hash.sha256"},
	{"ParentImage", "process.parent.executable"}, {"ParentCommandLine", "process.parent.command_line"},
	{"ParentProcessId", "process.parent.pid"}, {"ParentProcessGuid", "process.parent.entity_id"},
	{"User", "user.name"}, {"SubjectUserName", "user.name"}, {"SubjectDomainName", "user.domain"}, {"SubjectUserSid", "user.id"},
	{"TargetUserName", "user.target.name"}, {"TargetDomainName", "user.target.domain"}, {"TargetUserSid", "user.target.id"},
	{"TargetFilename", "file.path"}, {"ImageLoaded", "dll.path"},
	{"SourceIp", "source.ip"}, {"SourcePort", "source.port"}, {"SourceHostname", "source.domain"},
	{"DestinationIp", "destination.ip"}, {"DestinationPort", "destination.port"}, {"DestinationHostname", "destination.domain"},
	{"IpAddress", "source.ip"}, {"IpPort", "source.port"}, {"Protocol", "network.transport"},
	{"TargetObject", "registry.path"}, {"Details", "registry.data.strings"},
	{"QueryName", "dns.question.name"}, {"ServiceName", "service.name"},
	// what the Linux audit daemon writes
	{"exe", "process.executable"}, {"comm", "process.name"}, {"cwd", "process.working_directory"}, {"pid", "process.pid"}, {"ppid", "process.parent.pid"},
}

// lastParts are fields for the last part of a path in another one.
var lastParts = map[string]string{
	"process.executable": "process.name", "process.parent.executable": "process.parent.name", "file.path": "file.name", "dll.path": "dll.name",
	"registry.path": "registry.value",
}

// Translate adds to an event the fields that the schema has for what other tools wrote. A
// field that the event has already stays as it is.
func Translate(event *logevent.Event) {
	own := map[string]any{}
	for _, n := range names {
		if value, ok := event.Fields[n.field]; ok && own[n.schema] == nil {
			own[n.schema] = value
		}
	}
	if account, ok := event.Fields["User"].(string); ok {
		if domain, user, found := strings.Cut(account, `\`); found {
			own["user.domain"], own["user.name"] = domain, user
		}
	}
	for path, name := range lastParts {
		if text, ok := own[path].(string); ok && own[name] == nil {
			own[name] = text[strings.LastIndexAny(text, `\/`)+1:]
		}
	}
	for name, value := range own {
		if _, taken := event.Fields[name]; !taken {
			event.Fields[name] = value
		}
	}
}
