package export

import (
	"strconv"
	"strings"
)

// ocsfAccountChange writes an account that was made, changed or removed.
func ocsfAccountChange(o object, f *fields, _ *Record) {
	o.put("user.name", f.text("TargetUserName", "acct"))
	o.put("user.domain", f.text("TargetDomainName"))
	o.put("user.uid", f.text("TargetSid", "TargetUserSid"))
	o.put("actor", ocsfActor(f))
	ocsfAuditUser(o, f)
}

// ocsfGroupChange writes a group, and its member. Windows names the group as the
// target.
func ocsfGroupChange(o object, f *fields, _ *Record) {
	o.put("group.name", f.text("grp", "TargetUserName"))
	o.put("group.domain", f.text("TargetDomainName"))
	o.put("group.uid", f.text("TargetSid"))
	if o["group"] == nil {
		o.put("group.name", f.text("acct"))
	}
	o.put("user.name", f.text("MemberName"))
	if f.peek("grp") != "" {
		o.put("user.name", f.text("acct"))
	}
	o.put("user.uid", f.text("MemberSid"))
	o.put("actor", ocsfActor(f))
	ocsfAuditUser(o, f)
}

// ocsfLogonTypes are the numbers that OCSF has from Windows; Windows' 0 is System.
var ocsfLogonTypes = map[string]int{
	"0": 1, "2": 2, "3": 3, "4": 4, "5": 5, "7": 7, "8": 8, "9": 9, "10": 10, "11": 11, "12": 12, "13": 13,
}

// ocsfAuthProtocols are the numbers of OCSF by the names of Windows' packages.
var ocsfAuthProtocols = map[string]int{"NTLM": 1, "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0": 1, "Kerberos": 2}

// ocsfLogon writes a session or an answer to credentials: the user is who logs on,
// the service what answered.
func ocsfLogon(o object, f *fields, r *Record) {
	o.put("user.name", f.text("TargetUserName", "acct"))
	o.put("user.domain", f.text("TargetDomainName"))
	o.put("user.uid", f.text("TargetUserSid"))
	o.put("session.uid", f.text("TargetLogonId", "ses"))
	if number, known := ocsfLogonTypes[f.peek("LogonType")]; known {
		o["logon_type_id"] = number
		f.text("LogonType")
	}
	if number, known := ocsfAuthProtocols[f.peek("AuthenticationPackageName")]; known {
		o["auth_protocol_id"] = number
		o.put("auth_protocol", f.text("AuthenticationPackageName"))
	} else if number, known := ocsfAuthProtocols[f.peek("PackageName")]; known {
		o["auth_protocol_id"] = number
		o.put("auth_protocol", f.text("PackageName"))
	}
	o.put("service.name", f.text("ServiceName", "LogonProcessName"))
	if o["service"] == nil {
		o.put("service.name", f.peek("exe"))
	}
	o.put("dst_endpoint.hostname", r.Host.Name)
	if o["service"] == nil && o["dst_endpoint"] == nil {
		o["dst_endpoint"] = object{"name": "unknown"}
	}
	ocsfEndpoint(o, f, "src_endpoint", "IpAddress", "IpPort", "WorkstationName")
	if o["src_endpoint"] == nil {
		ocsfEndpoint(o, f, "src_endpoint", "addr", "", "Workstation")
	}
	o.put("actor", ocsfActor(f))
	ocsfAuditUser(o, f)
}

// ocsfPrivileges writes what a new session may do.
func ocsfPrivileges(o object, f *fields, _ *Record) {
	if list := f.text("PrivilegeList"); list != "" {
		o["privileges"] = strings.Fields(list)
	}
	o.put("session.uid", f.peek("SubjectLogonId"))
	o.put("actor", ocsfActor(f))
	if actor, ok := o["actor"].(object); ok {
		o.put("user", actor["user"])
	}
}

// ocsfDaemon writes a service of systemd that was started or stopped.
func ocsfDaemon(o object, f *fields, _ *Record) {
	o.put("app.name", f.text("unit"))
	ocsfAuditUser(o, f)
}

// ocsfAuditUser adds who is behind one of auditd's own records.
func ocsfAuditUser(o object, f *fields) {
	if f.peek("type") == "" {
		return
	}
	o.put("actor.process.pid", f.count("pid"))
	actor, _ := o["actor"].(object)
	if process, ok := actor["process"].(object); ok {
		if path := f.text("exe"); path != "" {
			process["path"], process["name"] = path, base(path)
		}
		process.put("session.uid", f.text("ses"))
	}
	o.put("actor.user.uid", f.text("uid"))
	if f.peek("res") == "success" || f.peek("res") == "1" {
		f.text("res")
		o["status_id"] = 1
	}
}

// ocsfAuditProcessOf is the process of a system call's record.
func ocsfAuditProcessOf(f *fields) object {
	process := object{}
	process.put("pid", f.count("pid"))
	if len(process) == 0 {
		return nil
	}
	if path := f.text("exe"); path != "" {
		process["path"], process["file"] = path, ocsfFileOf(path, 8)
	}
	process.put("name", f.text("comm"))
	process.put("session.uid", f.text("ses"))
	process.put("session.terminal", f.text("tty"))
	process.put("user.uid", f.text("uid"))
	process.put("parent_process.pid", f.count("ppid"))
	return process
}

// ocsfAuditProgram writes the call by which a program was started: the process
// that it became was its own actor.
func ocsfAuditProgram(o object, f *fields, _ *Record) {
	process := ocsfAuditProcessOf(f)
	o.put("process", process)
	if process != nil {
		actor := object{}
		actor.put("process", process["parent_process"])
		o.put("actor", actor)
	}
	ocsfAuditOutcome(o, f)
}

func ocsfAuditCall(o object, f *fields, _ *Record) {
	name := f.text("SYSCALL")
	if name == "" {
		name = f.text("syscall")
	}
	if name != "" {
		o["kernel"] = object{"type_id": 2, "name": name}
		o.put("kernel.system_call", f.text("syscall"))
	}
	actor := object{}
	actor.put("process", ocsfAuditProcessOf(f))
	o.put("actor", actor)
	ocsfAuditOutcome(o, f)
}

func ocsfAuditOutcome(o object, f *fields) {
	switch f.peek("success") {
	case "yes":
		o["status_id"] = 1
	case "no":
		o["status_id"] = 2
	default:
		return
	}
	f.text("success")
}

// ocsfAuditProcess writes the records that tell more of the process of a system
// call: EXECVE, CWD and PROCTITLE. They do not say which process that is; lineage
// does.
func ocsfAuditProcess(o object, f *fields, r *Record) {
	process := object{"uid": processUID(r)}
	process.put("working_directory", f.text("cwd"))
	process.put("cmd_line", f.text("proctitle"))
	if args := auditArgumentsOf(f); len(args) > 0 {
		line := ""
		for i, arg := range args {
			if i > 0 {
				line += " "
			}
			line += arg
			delete(f.used, "a"+strconv.Itoa(i))
		}
		process.put("cmd_line", line)
	}
	o["process"] = process
}

// auditPathActivities are the activities on a file by the nametype of a PATH
// record; the others name a file that a call used.
var auditPathActivities = map[string]int{"CREATE": 1, "DELETE": 4}

func ocsfAuditPath(o object, f *fields, _ *Record) {
	if activity, known := auditPathActivities[f.peek("nametype")]; known {
		o["activity_id"] = activity
	}
	path := f.text("name")
	if path == "" {
		return
	}
	kind := 1
	if f.peek("nametype") == "PARENT" {
		kind = 2
	}
	o["file"] = ocsfFileOf(path, kind)
	o.put("file.owner.uid", f.text("ouid"))
}

func ocsfAuditAddress(o object, f *fields, _ *Record) {
	ocsfEndpoint(o, f, "dst_endpoint", "laddr", "lport", "")
}
