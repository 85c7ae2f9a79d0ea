package export

import (
	"io"
	"slices"
	"strings"
)

// ecsVersion is the version of the Elastic Common Schema that is written.
const ecsVersion = "9.4.0"

// ecs writes events in the Elastic Common Schema. Fields that it has no name for,
// and what ringer says of an event, are in the field set ringer.
type ecs struct {
	lines
	about Run
}

func newECS(w io.Writer, about Run) Writer { return ecs{newLines(w), about} }

// ecsEvent is how ECS categorizes a kind of event, and what writes its fields.
type ecsEvent struct {
	category, types []string
	write           func(object, *fields)
}

func ecsOf(category, eventType string, write func(object, *fields)) ecsEvent {
	return ecsEvent{strings.Fields(category), strings.Fields(eventType), write}
}

var ecsEvents = map[kind]ecsEvent{
	processStart:   ecsOf("process", "start", ecsProcessStart),
	processEnd:     ecsOf("process", "end", ecsActor),
	processAccess:  ecsOf("process", "access", ecsTwoProcesses),
	remoteThread:   ecsOf("process", "change", ecsTwoProcesses),
	fileCreate:     ecsOf("file", "creation", ecsFile),
	fileDelete:     ecsOf("file", "deletion", ecsFile),
	fileRename:     ecsOf("file", "change", ecsFile),
	fileTime:       ecsOf("file", "change", ecsFile),
	pipeCreate:     ecsOf("file", "creation", ecsPipe),
	pipeConnect:    ecsOf("file", "access", ecsPipe),
	imageLoad:      ecsOf("library", "start", ecsLibrary),
	driverLoad:     ecsOf("driver", "start", ecsLibrary),
	keyCreate:      ecsOf("registry", "creation", ecsKey),
	keyDelete:      ecsOf("registry", "deletion", ecsKey),
	keyRename:      ecsOf("registry", "change", ecsKey),
	valueSet:       ecsOf("registry", "change", ecsValue),
	valueDelete:    ecsOf("registry", "deletion", ecsValue),
	connection:     ecsOf("network", "connection start", ecsConnection),
	dnsQuery:       ecsOf("network", "protocol info", ecsDNS),
	scriptRun:      ecsOf("process", "info", ecsActor),
	serviceInstall: ecsOf("configuration", "creation", ecsService),
	serviceStart:   ecsOf("host", "start", ecsAuditUser),
	serviceStop:    ecsOf("host", "end", ecsAuditUser),
	taskCreate:     ecsOf("configuration", "creation", ecsSubject),
	taskUpdate:     ecsOf("configuration", "change", ecsSubject),
	taskDelete:     ecsOf("configuration", "deletion", ecsSubject),
	taskEnable:     ecsOf("configuration", "change", ecsSubject),
	taskDisable:    ecsOf("configuration", "change", ecsSubject),
	taskStart:      ecsOf("configuration", "info", ecsSubject),
	logClear:       ecsOf("configuration", "deletion", ecsSubject),
	logStop:        ecsOf("configuration", "change", ecsAuditUser),
	logConfigure:   ecsOf("configuration", "change", ecsAuditUser),
	accountCreate:  ecsOf("iam", "user creation", ecsAccount),
	accountEnable:  ecsOf("iam", "user change", ecsAccount),
	accountDisable: ecsOf("iam", "user change", ecsAccount),
	accountDelete:  ecsOf("iam", "user deletion", ecsAccount),
	accountChange:  ecsOf("iam", "user change", ecsAccount),
	passwordChange: ecsOf("iam", "user change", ecsAccount),
	passwordReset:  ecsOf("iam", "user change", ecsAccount),
	accountLock:    ecsOf("iam", "user change", ecsAccount),
	accountUnlock:  ecsOf("iam", "user change", ecsAccount),
	groupCreate:    ecsOf("iam", "group creation", ecsGroup),
	groupDelete:    ecsOf("iam", "group deletion", ecsGroup),
	groupAdd:       ecsOf("iam", "group change", ecsGroup),
	groupRemove:    ecsOf("iam", "group change", ecsGroup),
	logon:          ecsOf("authentication session", "start", ecsLogon),
	logoff:         ecsOf("authentication session", "end", ecsLogon),
	privileges:     ecsOf("iam", "admin", ecsSubject),
	ticket:         ecsOf("authentication", "start", ecsLogon),
	serviceTicket:  ecsOf("authentication", "start", ecsLogon),
	credentials:    ecsOf("authentication", "info", ecsLogon),
	shareAccess:    ecsOf("file network", "access", ecsShare),
	objectAccess:   ecsOf("file", "access", ecsObject),
	request:        ecsOf("web", "access", ecsRequest),
	query:          ecsOf("database", "access", ecsQuery),
	auditCall:      ecsOf("process", "info", ecsAuditCall),
	auditProgram:   ecsOf("process", "start", ecsAuditCall),
	auditArguments: ecsOf("process", "info", ecsAuditArguments),
	auditFolder:    ecsOf("process", "info", func(o object, f *fields) { o.put("process.working_directory", f.text("cwd")) }),
	auditPath:      ecsOf("file", "info", ecsAuditPath),
	auditAddress:   ecsOf("network", "info", ecsAuditAddress),
	auditTitle:     ecsOf("process", "info", func(o object, f *fields) { o.put("process.title", f.text("proctitle")) }),
	message:        ecsOf("", "info", ecsMessage),
	other:          ecsOf("", "info", ecsActor),
}

// Write writes one line.
func (e ecs) Write(r Record) error {
	what := kindOf(&r)
	found := newFields(r.own(e.about))
	doc := object{timeName: timestamp(r.Event.Time), "tags": []string{"emulated", "ringer"}}
	if e.about.Replay {
		doc["tags"] = []string{"emulated", "replay", "ringer"}
	}
	doc.put("ecs.version", ecsVersion)
	doc.put("agent.type", "ringer")
	doc.put("agent.version", e.about.Version)
	doc.put("event.kind", "event")
	doc.put("event.id", r.Event.ID)
	doc.put("event.action", string(what))
	doc.put("event.category", ecsEvents[what].category)
	doc.put("event.type", ecsEvents[what].types)
	doc.put("event.code", found.text("EventID", "type"))
	doc.put("event.provider", found.text("Provider_Name"))
	doc.put("event.dataset", ecsDataset(&r))
	doc.put("event.outcome", ecsOutcome(found))
	doc.put("log.logger", found.log())
	doc.put("host.hostname", r.Host.Name)
	if name := found.text("Computer"); name != "" {
		doc.put("host.name", strings.ToLower(name))
	} else {
		doc.put("host.name", strings.ToLower(r.Host.Name))
	}
	doc.put("host.os.type", string(r.Host.Platform))
	ecsEvents[what].write(doc, found)
	ecsThreat(doc, &r)
	said := r.context(e.about)
	said.put("unmapped", found.rest())
	doc[contextName] = said
	return e.encode(doc)
}

// ecsDataset names the log: its product or service and category.
func ecsDataset(r *Record) string {
	if len(r.Event.Sources) == 0 {
		return ""
	}
	source := r.Event.Sources[0]
	parts := []string{source.Product, source.Service, source.Category}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ".")
}

func ecsOutcome(f *fields) string {
	switch {
	case f.peek("success") == "yes":
		f.used["success"] = true
		return "success"
	case f.peek("res") == "success", f.peek("res") == "1":
		f.used["res"] = true
		return "success"
	case f.peek("success") == "no", f.peek("res") == "failed", f.peek("res") == "0":
		return "failure"
	}
	return ""
}

// ecsThreat says which rule alerted, and whose technique it was. Of several rules
// it is the most severe; all are in the field set ringer.
func ecsThreat(doc object, r *Record) {
	if rule, ok := worst(r.Alerts); ok {
		doc.put("rule.id", rule.ID)
		doc.put("rule.name", rule.Title)
	}
	if r.Technique != "" {
		doc.put("threat.framework", "MITRE ATT&CK")
		technique, _, sub := strings.Cut(r.Technique, ".")
		doc.put("threat.technique.id", []string{technique})
		if sub {
			doc.put("threat.technique.subtechnique.id", []string{r.Technique})
		}
	}
	doc.put("threat.group.id", r.Actor.Group)
	doc.put("threat.group.name", r.Actor.Title)
	doc.put("threat.group.alias", r.Actor.Aliases)
	if len(r.Actor.References) > 0 {
		doc.put("threat.group.reference", r.Actor.References[0]) // it takes one
	}
}
