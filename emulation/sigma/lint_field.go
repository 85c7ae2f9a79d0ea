package sigma

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/spelling"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// knownFields are what events of a category carry: Sysmon's own schema where it
// is the source, the taxonomy otherwise. [Taxonomy appendix]
var knownFields = sync.OnceValue(func() map[string][]string {
	fields := map[string][]string{}
	for category, names := range map[string]string{
		"process_creation": `FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User
			LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes md5 sha1 sha256 sha512 Imphash ParentProcessGuid
			ParentProcessId ParentImage ParentCommandLine ParentUser GrandParentImage ProcessCommandLine NewProcessName
			ParentProcessName NewProcessId SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId TokenElevationType
			TargetUserSid TargetUserName TargetDomainName TargetLogonId MandatoryLabel`,
		"process_termination":      ``,
		"process_tampering":        `Type`,
		"process_access":           `SourceProcessGUID SourceProcessGuid SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessGuid TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser`,
		"create_remote_thread":     `SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser`,
		"raw_access_thread":        `Device`,
		"network_connection":       `Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName`,
		"dns_query":                `QueryName QueryStatus QueryResults`,
		"file_event":               `TargetFilename CreationUtcTime`,
		"file_change":              `TargetFilename CreationUtcTime PreviousCreationUtcTime`,
		"file_delete":              `TargetFilename Hashes IsExecutable Archived`,
		"file_rename":              `TargetFilename SourceFilename`,
		"file_access":              `FileName TargetFilename Irp FileObject IssuingThreadId CreateOptions CreateAttributes ShareAccess`,
		"file_block":               `TargetFilename Hashes`,
		"file_executable_detected": `TargetFilename Hashes`,
		"driver_load":              `ImageLoaded Hashes Imphash md5 sha1 sha256 Signed Signature SignatureStatus`,
		"image_load": `ImageLoaded FileVersion Description Product Company OriginalFileName Hashes Imphash md5 sha1 sha256 sha512
			Signed Signature SignatureStatus`,
		"create_stream_hash": `TargetFilename CreationUtcTime Hash Contents`,
		"pipe_created":       `PipeName`,
		"clipboard_capture":  `Session ClientInfo Hashes Archived`,
		"wmi_event":          `EventNamespace Name Query Operation Type Destination Consumer Filter`,
		"registry_event":     `TargetObject Details NewName`,
		"registry_add":       `TargetObject Details`,
		"registry_delete":    `TargetObject Details`,
		"registry_set":       `TargetObject Details`,
		"registry_rename":    `TargetObject NewName`,
		"sysmon_status":      `State Version SchemaVersion Configuration ConfigurationFileHash`,
		"sysmon_error":       `ID Description`,
		"ps_script":          `MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path`,
		"ps_module":          `ContextInfo UserData Payload`,
	} {
		fields[category] = append(strings.Fields(names), commonFields()...)
	}
	return fields
})

// commonFields are those of Sysmon's events and of the Windows event log around
// them.
var commonFields = sync.OnceValue(func() []string {
	return strings.Fields(`RuleName UtcTime ProcessGuid ProcessId Image User EventType EventID Channel Computer ComputerName Hostname
		Provider_Name Provider_Guid Provider_EventSourceName ProviderName Level Task Opcode Keywords EventRecordID Version
		Execution_ProcessID Execution_ThreadID Security_UserID TimeCreated_SystemTime Data Message`)
})

// peFields are those that only Windows' executables carry.
var peFields = sync.OnceValue(func() []string {
	return []string{"FileVersion", "Description", "Product", "Company", "OriginalFileName", "Imphash", "IntegrityLevel"}
})

// fields warns of what events of the rule's log source do not carry. Log sources
// that name a service have fields of their own making and are left alone.
func (l *linter) fields(d *detection) {
	ls := l.rule.LogSource
	known := knownFields()[ls.Category]
	if known == nil || ls.Service != "" && ls.Service != "sysmon" || !slices.Contains([]string{"windows", "linux", "macos"}, ls.Product) {
		return
	}
	reported := map[string]bool{}
	for _, s := range d.selections {
		for _, it := range s.items() {
			name := it.field
			if name == "" || strings.Contains(name, ".") || reported[name] {
				continue
			}
			missing := !slices.Contains(known, name)
			if ls.Product != "windows" {
				missing = missing || slices.Contains(peFields(), name)
			}
			if missing && !it.acceptsAbsent() {
				reported[name] = true
				l.warnf(it.at, "Taxonomy", "Field unknown to the log source", "%s", unknownField(name, ls, known))
			}
		}
	}
}

// acceptsAbsent says that the item is content with a field that is not there.
func (it *item) acceptsAbsent() bool {
	for _, v := range it.values {
		if v.Kind == rulevalue.Null || v.Kind == rulevalue.Exists && !v.Want {
			return true
		}
	}
	return it.neq
}

func unknownField(name string, ls logevent.LogSource, known []string) string {
	detail := "events of " + ls.String() + " do not have the field " + strconv.Quote(name)
	for _, k := range known {
		if k == name {
			break // of another platform
		}
		if spelling.Similar(k, name) {
			return detail + "; did you mean " + strconv.Quote(k) + "?"
		}
	}
	return detail + ", unless the log pipeline adds it"
}
