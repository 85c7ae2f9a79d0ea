package export

import "strings"

// ocsfProcessStart writes a process that was started, by its parent: Sysmon's 1 and
// Security's 4688, whose ProcessId is the parent's.
func ocsfProcessStart(o object, f *fields, _ *Record) {
	var process, parent object
	if pid := f.number("NewProcessId"); pid != nil {
		process = object{"pid": pid}
		if path := f.text("NewProcessName", "Image"); path != "" {
			process["name"], process["path"], process["file"] = base(path), path, ocsfFileOf(path, 8)
		}
		process.put("cmd_line", f.text("CommandLine"))
		parent = object{}
		parent.put("pid", f.number("ProcessId"))
		if path := f.text("ParentProcessName", "ParentImage"); path != "" && len(parent) > 0 {
			parent["name"], parent["path"] = base(path), path
		}
	} else {
		process = ocsfProcessOf(f, "Image", "ProcessId", "ProcessGuid", "CommandLine", "User")
		parent = ocsfProcessOf(f, "ParentImage", "ParentProcessId", "ParentProcessGuid", "ParentCommandLine", "ParentUser")
	}
	if process == nil {
		return
	}
	process.put("working_directory", f.text("CurrentDirectory"))
	ocsfIntegrity(process, f)
	process.put("session.uid", f.text("LogonId"))
	if file, ok := process["file"].(object); ok {
		ocsfContent(file, f)
	}
	o["process"] = process
	actor := object{}
	actor.put("process", parent)
	if subject := f.text("SubjectUserName"); subject != "" {
		actor.put("user", ocsfUser(subject))
		actor.put("user.domain", f.text("SubjectDomainName"))
		actor.put("user.uid", f.text("SubjectUserSid"))
		actor.put("session.uid", f.text("SubjectLogonId"))
	}
	o.put("actor", actor)
}

// ocsfProcessEnd writes a process that ended: it is its own actor.
func ocsfProcessEnd(o object, f *fields, _ *Record) {
	actor := ocsfActor(f)
	o.put("actor", actor)
	o.put("process", actor["process"])
}

// ocsfTwoProcesses writes what one process did to another.
func ocsfTwoProcesses(o object, f *fields, _ *Record) {
	actor := object{}
	actor.put("process", ocsfProcessOf(f, "SourceImage", "SourceProcessId", "SourceProcessGUID", "", "SourceUser"))
	o.put("actor", actor)
	o.put("process", ocsfProcessOf(f, "TargetImage", "TargetProcessId", "TargetProcessGUID", "", "TargetUser"))
	o.put("actual_permissions", f.number("GrantedAccess"))
}

// ocsfFileActivity writes a file and who acted on it; of a rename both names.
func ocsfFileActivity(o object, f *fields, _ *Record) {
	if target := f.text("TargetFilename"); target != "" {
		o["file"] = ocsfFileOf(target, 1)
		if source := f.text("SourceFilename"); source != "" {
			o["file"], o["file_result"] = ocsfFileOf(source, 1), ocsfFileOf(target, 1)
		} else if at, ok := f.time("CreationUtcTime"); ok {
			o.put("file.created_time", at.UnixMilli())
		}
	}
	o.put("actor", ocsfActor(f))
}

func ocsfPipe(o object, f *fields, _ *Record) {
	if name := f.text("PipeName"); name != "" {
		o["file"] = ocsfFileOf(name, 6)
	}
	o.put("actor", ocsfActor(f))
}

// ocsfObject writes the object of Security's record 4663.
func ocsfObject(o object, f *fields, _ *Record) {
	if path := f.text("ObjectName"); path != "" {
		o["file"] = ocsfFileOf(path, 1)
	}
	o.put("access_mask", f.number("AccessMask"))
	actor := ocsfActor(f)
	if actor["process"] == nil {
		actor.put("process.pid", f.number("ProcessId"))
		if path := f.text("ProcessName"); path != "" && actor["process"] != nil {
			actor.put("process.path", path)
			actor.put("process.name", base(path))
		}
	}
	o.put("actor", actor)
}

// ocsfImageLoad writes a module that was loaded. What Sysmon says of the content is
// of the module, also in shape edr.
func ocsfImageLoad(o object, f *fields, _ *Record) {
	if path := f.text("ImageLoaded"); path != "" {
		file := ocsfFileOf(path, 1)
		ocsfContent(file, f)
		o["module"] = object{"file": file, "load_type_id": 1}
	}
	o.put("actor", ocsfActor(f))
}

func ocsfDriverLoad(o object, f *fields, _ *Record) {
	if path := f.text("ImageLoaded"); path != "" {
		file := ocsfFileOf(path, 1)
		ocsfContent(file, f)
		o["driver"] = object{"file": file}
	}
	o.put("actor", ocsfActor(f))
}

func ocsfKey(o object, f *fields, _ *Record) {
	o.put("reg_key.path", f.text("TargetObject"))
	if name := f.text("NewName"); name != "" {
		o["prev_reg_key"] = o["reg_key"]
		o["reg_key"] = object{"path": name}
	}
	o.put("actor", ocsfActor(f))
}

// ocsfValue writes a registry value, as Sysmon has it or Security's record 4657.
func ocsfValue(o object, f *fields, _ *Record) {
	if path := f.text("TargetObject"); path != "" {
		o.put("reg_value.path", folder(path))
		o.put("reg_value.name", base(path))
	} else {
		o.put("reg_value.path", f.text("ObjectName"))
		o.put("reg_value.name", f.text("ObjectValueName"))
	}
	value, _ := o["reg_value"].(object)
	if value["path"] == nil || value["name"] == nil {
		delete(o, "reg_value")
		for _, name := range []string{"TargetObject", "ObjectName", "ObjectValueName"} {
			delete(f.used, name)
		}
	} else {
		value.put("reg_string_data", f.text("Details", "NewValue"))
	}
	actor := ocsfActor(f)
	if actor["process"] == nil {
		actor.put("process.pid", f.number("ProcessId"))
	}
	o.put("actor", actor)
}

// ocsfService writes a Windows service, which must say more than its name.
func ocsfService(o object, f *fields, _ *Record) {
	service := object{}
	service.put("cmd_line", f.text("ServiceFileName", "ImagePath"))
	service.put("service_start_name", f.text("ServiceAccount", "AccountName"))
	if name := f.text("ServiceName"); name != "" && len(service) > 0 {
		service["name"] = name
		service.put("service_type", f.text("ServiceType"))
		service.put("service_start_type", f.text("ServiceStartType", "StartType"))
		o["win_service"] = service
	}
	o.put("actor", ocsfActor(f))
}

// ocsfTask writes a scheduled task.
func ocsfTask(o object, f *fields, _ *Record) {
	if name := f.text("TaskName"); name != "" {
		o["job"] = object{"name": name}
		o.put("job.cmd_line", f.text("Path"))
		o.put("job.user", ocsfUser(f.text("UserContext", "UserName")))
	}
	o.put("actor", ocsfActor(f))
}

func ocsfLog(o object, f *fields, _ *Record) {
	o["log_name"] = "audit"
	if channel := f.text("Channel"); channel != "" {
		o["log_name"] = channel
		o["log_type_id"] = 1
	}
	if path := f.text("BackupPath"); path != "" {
		o["file"] = ocsfFileOf(path, 1)
	}
	o.put("actor", ocsfActor(f))
	ocsfAuditUser(o, f)
}

// ocsfScriptRun writes what PowerShell ran: the block, or the pipeline's commands.
func ocsfScriptRun(o object, f *fields, _ *Record) {
	if text := f.text("ScriptBlockText", "Payload"); text != "" {
		o["script"] = object{"type_id": 2, "script_content": object{"value": text}}
		o.put("script.uid", f.text("ScriptBlockId"))
		if path := f.text("Path"); path != "" {
			o.put("script.file", ocsfFileOf(path, 1))
		}
	}
	o.put("actor", ocsfActor(f))
}

// ocsfMessage writes a line of a log of text, or what no class fits.
func ocsfMessage(o object, f *fields, _ *Record) {
	o.put("message", f.text("message", "MESSAGE", "Message", "Data"))
	o.put("actor", ocsfActor(f))
	if program := f.text("program", "SYSLOG_IDENTIFIER"); program != "" {
		o.put("actor.app_name", program)
	}
	o.put("status_detail", strings.TrimSpace(f.text("Error")))
}
