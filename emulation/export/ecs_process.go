package export

import "strings"

// ecsActor writes the acting process, as Sysmon and shape edr name it.
func ecsActor(o object, f *fields) {
	ecsImage(o, f, "process", "Image", "ProcessName")
	o.put("process.pid", f.count("ProcessId"))
	o.put("process.entity_id", f.guid("ProcessGuid"))
	o.put("process.command_line", f.text("CommandLine"))
	o.put("process.working_directory", f.text("CurrentDirectory"))
	ecsImage(o, f, "process.parent", "ParentImage", "ParentProcessName")
	o.put("process.parent.pid", f.count("ParentProcessId"))
	o.put("process.parent.entity_id", f.guid("ParentProcessGuid"))
	o.put("process.parent.command_line", f.text("ParentCommandLine"))
	domain, name := account(f.text("User", "SubjectUserName"))
	if domain == "" {
		domain = f.text("SubjectDomainName")
	}
	o.put("user.domain", domain)
	o.put("user.name", name)
	o.put("user.id", f.text("SubjectUserSid"))
	o.put("message", f.text("Message"))
}

func ecsImage(o object, f *fields, at string, names ...string) {
	if path := f.text(names...); path != "" {
		o.put(at+".executable", path)
		o.put(at+".name", base(path))
	}
}

// ecsProcessStart writes a process that was started: Sysmon's 1 and Security's 4688,
// whose ProcessId is the parent's.
func ecsProcessStart(o object, f *fields) {
	if f.peek("NewProcessId") != "" {
		ecsImage(o, f, "process", "NewProcessName")
		o.put("process.pid", f.number("NewProcessId"))
		o.put("process.parent.pid", f.number("ProcessId"))
	}
	ecsHashes(o, f, "process")
	ecsVersionResource(o, f, "process")
	ecsActor(o, f)
}

func ecsHashes(o object, f *fields, at string) {
	for algorithm, digest := range f.hashes("Hashes") {
		switch algorithm {
		case "md5", "sha1", "sha256", "sha512":
			o.put(at+".hash."+algorithm, strings.ToLower(digest))
		case "imphash":
			o.put(at+".pe.imphash", strings.ToLower(digest))
		default:
			delete(f.used, "Hashes")
		}
	}
}

// ecsVersionResource writes the version resource of a program or library.
func ecsVersionResource(o object, f *fields, at string) {
	o.put(at+".pe.company", f.text("Company"))
	o.put(at+".pe.description", f.text("Description"))
	o.put(at+".pe.file_version", f.text("FileVersion"))
	o.put(at+".pe.original_file_name", f.text("OriginalFileName"))
	o.put(at+".pe.product", f.text("Product"))
}

// ecsTwoProcesses writes what one process did to another.
func ecsTwoProcesses(o object, f *fields) {
	ecsImage(o, f, "process", "SourceImage")
	o.put("process.pid", f.count("SourceProcessId"))
	o.put("process.entity_id", f.guid("SourceProcessGUID"))
	domain, name := account(f.text("SourceUser"))
	o.put("user.domain", domain)
	o.put("user.name", name)
	ecsActor(o, f)
}

// ecsLibrary writes a module that was loaded, and by whom. What Sysmon says of
// the file is of the module.
func ecsLibrary(o object, f *fields) {
	path := f.text("ImageLoaded")
	o.put("dll.path", path)
	o.put("dll.name", base(path))
	ecsHashes(o, f, "dll")
	ecsVersionResource(o, f, "dll")
	o.put("dll.code_signature.subject_name", f.text("Signature"))
	o.put("dll.code_signature.status", f.text("SignatureStatus"))
	if signed := f.text("Signed"); signed != "" {
		o.put("dll.code_signature.exists", signed == "true")
	}
	ecsActor(o, f)
}

// ecsService writes a Windows service.
func ecsService(o object, f *fields) {
	o.put("service.name", f.text("ServiceName"))
	ecsSubject(o, f)
}

// ecsSubject writes whose doing an event of a Windows log was.
func ecsSubject(o object, f *fields) {
	o.put("process.pid", f.count("ClientProcessId"))
	domain, name := account(f.text("UserContext", "UserName"))
	o.put("user.domain", domain)
	o.put("user.name", name)
	ecsActor(o, f)
}
