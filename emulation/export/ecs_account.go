package export

// ecsAccount writes an account that was made, changed or removed, and by whom.
func ecsAccount(o object, f *fields) {
	o.put("user.target.name", f.text("TargetUserName", "acct"))
	o.put("user.target.domain", f.text("TargetDomainName"))
	o.put("user.target.id", f.text("TargetSid", "TargetUserSid"))
	ecsAuditUser(o, f)
	ecsActor(o, f)
}

// ecsGroup writes a group, and its member. Windows names the group as the target.
func ecsGroup(o object, f *fields) {
	o.put("group.name", f.text("grp", "TargetUserName"))
	o.put("group.domain", f.text("TargetDomainName"))
	o.put("group.id", f.text("TargetSid"))
	if o["group"] == nil {
		o.put("group.name", f.text("acct"))
	}
	o.put("user.target.name", f.text("MemberName"))
	if f.peek("grp") != "" {
		o.put("user.target.name", f.text("acct"))
	}
	o.put("user.target.id", f.text("MemberSid"))
	ecsAuditUser(o, f)
	ecsActor(o, f)
}

// ecsLogon writes a session or an answer to credentials: the user is who logs on.
func ecsLogon(o object, f *fields) {
	o.put("user.name", f.text("TargetUserName", "acct"))
	o.put("user.domain", f.text("TargetDomainName"))
	o.put("user.id", f.text("TargetUserSid"))
	o.put("source.ip", f.address("IpAddress"))
	if o["source"] == nil {
		o.put("source.ip", f.address("addr"))
	}
	o.put("source.port", f.port("IpPort"))
	o.put("source.domain", f.text("WorkstationName", "Workstation"))
	o.put("process.pid", f.number("ProcessId"))
	ecsImage(o, f, "process", "ProcessName", "exe")
	if o["process"] == nil {
		o.put("process.pid", f.count("pid"))
	}
}

// ecsRequest writes a line of a web server's access log.
func ecsRequest(o object, f *fields) {
	o.put("http.request.method", f.text("cs-method"))
	o.put("http.request.referrer", f.text("cs-referer"))
	o.put("http.response.status_code", f.count("sc-status"))
	o.put("http.response.bytes", f.count("sc-bytes"))
	o.put("url.path", f.text("cs-uri-stem"))
	o.put("url.query", f.text("cs-uri-query"))
	o.put("url.domain", f.text("cs-host"))
	o.put("user_agent.original", f.text("cs-user-agent"))
	o.put("source.ip", f.address("c-ip"))
}

// ecsQuery writes a line of a database server's log.
func ecsQuery(o object, f *fields) {
	o.put("user.name", f.text("user"))
	o.put("process.pid", f.count("pid"))
	o.put("source.ip", f.address("remote_host"))
	o.put("log.level", f.text("error_severity"))
	o.put("message", f.text("message"))
}

// ecsMessage writes a line of a log of text.
func ecsMessage(o object, f *fields) {
	o.put("log.syslog.appname", f.text("program", "SYSLOG_IDENTIFIER"))
	o.put("log.syslog.hostname", f.text("hostname", "_HOSTNAME"))
	o.put("log.syslog.procid", f.text("SYSLOG_PID"))
	o.put("message", f.text("message", "MESSAGE", "Message"))
	ecsActor(o, f)
}

// ecsAuditUser writes who is behind one of auditd's records.
func ecsAuditUser(o object, f *fields) {
	ecsImage(o, f, "process", "exe")
	o.put("process.pid", f.count("pid"))
	o.put("process.parent.pid", f.count("ppid"))
	o.put("user.id", f.text("uid"))
	o.put("service.name", f.text("unit"))
}

func ecsAuditCall(o object, f *fields) {
	ecsAuditUser(o, f)
	o.put("process.name", f.text("comm"))
	o.put("user.group.id", f.text("gid"))
	o.put("host.architecture", f.text("arch"))
}

// ecsAuditArguments writes the arguments of a program in their order.
func ecsAuditArguments(o object, f *fields) {
	args := auditArgumentsOf(f)
	o.put("process.args", args)
	o.put("process.args_count", f.count("argc"))
}

func ecsAuditPath(o object, f *fields) {
	ecsPath(o, f.text("name"))
	o.put("file.mode", f.text("mode"))
	o.put("file.uid", f.text("ouid"))
	o.put("file.gid", f.text("ogid"))
}

func ecsAuditAddress(o object, f *fields) {
	o.put("destination.ip", f.address("laddr"))
	o.put("destination.port", f.port("lport"))
}
