package export

import (
	"strconv"
	"strings"
)

// lacks says that an attribute is missing without which an event of the class
// says nothing.
func lacks(doc object, class ocsfClass) bool {
	for _, name := range ocsfNeeds[class.uid] {
		if isEmpty(doc[name]) {
			return true
		}
	}
	return false
}

// ocsfNeeds are the attributes that a class requires, or one of which it requires
// and which is what the event is about; those that every event has left out.
var ocsfNeeds = map[int][]string{
	1001: {"file"}, 1002: {"driver"}, 1003: {"kernel"}, 1005: {"module"}, 1006: {"job"}, 1007: {"process"}, 1009: {"script"},
	201001: {"reg_key"}, 201002: {"reg_value"}, 201004: {"win_service"},
	3001: {"user"}, 3002: {"user"}, 3003: {"user", "privileges"}, 3006: {"group"},
	4001: {"dst_endpoint"}, 4002: {"http_request"}, 4003: {"query"}, 4006: {"src_endpoint"},
	6002: {"app"}, 6005: {"database"},
}

// ocsfEnsureActor names the process by its number on the asset where the event
// itself does not say who acted.
func ocsfEnsureActor(doc object, r *Record) {
	actor, _ := doc["actor"].(object)
	if !isEmpty(actor) {
		return
	}
	doc["actor"] = object{"process": object{"uid": processUID(r)}}
}

// processUID is the acting process by its key on the asset, which lineage knows.
func processUID(r *Record) string {
	return r.Event.Lineage.Asset + "#" + strconv.FormatUint(r.Event.Lineage.Process, 10)
}

// ocsfActor is the acting process and its account, as Sysmon and shape edr name
// them, or as Security does.
func ocsfActor(f *fields) object {
	actor := object{}
	actor.put("process", ocsfProcessOf(f, "Image", "ProcessId", "ProcessGuid", "CommandLine", "User"))
	if actor["process"] != nil {
		actor.put("process.working_directory", f.text("CurrentDirectory"))
		ocsfIntegrity(actor["process"].(object), f)
		actor.put("process.parent_process", ocsfProcessOf(f, "ParentImage", "ParentProcessId", "ParentProcessGuid", "ParentCommandLine", "ParentUser"))
	} else {
		actor.put("user", ocsfUser(f.text("User")))
	}
	subject := object{}
	subject.put("name", f.text("SubjectUserName"))
	if len(subject) > 0 {
		subject.put("domain", f.text("SubjectDomainName"))
	}
	subject.put("uid", f.text("SubjectUserSid"))
	if len(subject) > 0 {
		actor["user"] = subject
		actor.put("session.uid", f.text("SubjectLogonId"))
	}
	return actor
}

// ocsfProcessOf is a process by the fields that tell of it; it is empty where none
// says which process it is.
func ocsfProcessOf(f *fields, image, pid, guid, commandLine, user string) object {
	process := object{}
	process.put("pid", f.count(pid))
	process.put("uid", f.guid(guid))
	if len(process) == 0 {
		return nil
	}
	if id, _ := process["uid"].(string); isUUID(id) {
		process["cpid"] = id
	}
	if path := f.text(image); path != "" {
		process.put("name", base(path))
		process.put("path", path)
		process["file"] = ocsfFileOf(path, 8)
	}
	process.put("cmd_line", f.text(commandLine))
	process.put("user", ocsfUser(f.text(user)))
	return process
}

// ocsfIntegrities are the numbers of Windows' integrity levels.
var ocsfIntegrities = map[string]int{"untrusted": 1, "low": 2, "medium": 3, "high": 4, "system": 5}

// ocsfIntegrity writes the integrity level of a process that has one.
func ocsfIntegrity(process object, f *fields) {
	if number, known := ocsfIntegrities[strings.ToLower(f.peek("IntegrityLevel"))]; known {
		process["integrity_id"] = number
		process.put("integrity", f.text("IntegrityLevel"))
	}
}

func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i, c := range []byte(text) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (c == '-') || !dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return false
		}
	}
	return true
}

// ocsfUser is an account by its name, with the domain before it or not.
func ocsfUser(text string) object {
	user := object{}
	domain, name := account(text)
	if name == "" {
		name, domain = text, ""
	}
	user.put("name", name)
	user.put("domain", domain)
	return user
}

// ocsfFileOf is a file by its path.
func ocsfFileOf(path string, kind int) object {
	name := base(path)
	if name == "" {
		name = path
	}
	file := object{"name": name, "type_id": kind}
	file.put("path", path)
	file.put("parent_folder", folder(path))
	file.put("ext", extension(path))
	return file
}

// ocsfHashAlgorithms are the numbers of digests by the names that Sysmon gives
// them.
var ocsfHashAlgorithms = map[string]int{"md5": 1, "sha1": 2, "sha256": 3, "sha512": 4}

// ocsfContent adds to a file what Sysmon says of its content. A digest of an
// algorithm without a number leaves the field unmapped too.
func ocsfContent(file object, f *fields) {
	digests := f.hashes("Hashes")
	var all []object
	for _, algorithm := range sortedNames(digests) {
		number, known := ocsfHashAlgorithms[algorithm]
		if !known {
			delete(f.used, "Hashes")
			continue
		}
		all = append(all, object{"algorithm_id": number, "algorithm": strings.ToUpper(algorithm), "value": digests[algorithm]})
	}
	file.put("hashes", all)
	file.put("company_name", f.text("Company"))
	file.put("desc", f.text("Description"))
	file.put("version", f.text("FileVersion"))
	file.put("internal_name", f.text("OriginalFileName"))
	file.put("product.name", f.text("Product"))
}
