package export

import "strings"

// ecsFile writes a file of either platform, and who acted on it.
func ecsFile(o object, f *fields) {
	ecsPath(o, f.text("TargetFilename"))
	if at, ok := f.time("CreationUtcTime"); ok {
		o.put("file.created", timestamp(at))
	}
	ecsActor(o, f)
}

func ecsPath(o object, path string) {
	if path == "" {
		return
	}
	o.put("file.path", path)
	o.put("file.name", base(path))
	o.put("file.directory", folder(path))
	o.put("file.extension", extension(path))
	if len(path) > 2 && path[1] == ':' {
		o.put("file.drive_letter", strings.ToUpper(path[:1]))
	}
}

func ecsPipe(o object, f *fields) {
	o.put("file.name", f.text("PipeName"))
	o.put("file.type", "pipe")
	ecsActor(o, f)
}

// ecsObject writes the object of Security's record 4663.
func ecsObject(o object, f *fields) {
	ecsPath(o, f.text("ObjectName"))
	o.put("process.pid", f.number("ProcessId"))
	ecsActor(o, f)
}

// ecsShare writes a share that was used, and the file on it.
func ecsShare(o object, f *fields) {
	if name := f.text("RelativeTargetName"); name != "" {
		o.put("file.path", name)
		o.put("file.name", base(name))
		o.put("file.extension", extension(name))
	}
	o.put("source.ip", f.address("IpAddress"))
	o.put("source.port", f.port("IpPort"))
	o.put("network.protocol", "smb")
	ecsActor(o, f)
}

// ecsKey writes a registry key.
func ecsKey(o object, f *fields) {
	path := f.text("TargetObject")
	hive, key, _ := strings.Cut(path, `\`)
	o.put("registry.path", path)
	o.put("registry.hive", hive)
	o.put("registry.key", key)
	ecsActor(o, f)
}

// ecsValue writes a registry value, as Sysmon has it or Security's record 4657.
func ecsValue(o object, f *fields) {
	path := f.text("TargetObject")
	if name := f.peek("ObjectValueName"); path == "" && name != "" {
		path = f.text("ObjectName") + `\` + f.text("ObjectValueName")
		o.put("process.pid", f.number("ProcessId"))
	}
	hive, rest, _ := strings.Cut(path, `\`)
	o.put("registry.path", path)
	o.put("registry.hive", hive)
	o.put("registry.key", folder(rest))
	o.put("registry.value", base(rest))
	if data := f.text("Details", "NewValue"); data != "" {
		o.put("registry.data.strings", []string{data})
	}
	ecsActor(o, f)
}
