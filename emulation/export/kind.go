package export

import "strings"

// kind is what an event tells of, in terms that ECS and OCSF both have words for.
type kind string

const (
	processStart   kind = "process_start"
	processEnd     kind = "process_end"
	processAccess  kind = "process_access"
	remoteThread   kind = "remote_thread"
	fileCreate     kind = "file_create"
	fileDelete     kind = "file_delete"
	fileRename     kind = "file_rename"
	fileTime       kind = "file_time"
	pipeCreate     kind = "pipe_create"
	pipeConnect    kind = "pipe_connect"
	imageLoad      kind = "image_load"
	driverLoad     kind = "driver_load"
	keyCreate      kind = "registry_key_create"
	keyDelete      kind = "registry_key_delete"
	keyRename      kind = "registry_key_rename"
	valueSet       kind = "registry_value_set"
	valueDelete    kind = "registry_value_delete"
	connection     kind = "network_connection"
	dnsQuery       kind = "dns_query"
	scriptRun      kind = "script_run"
	serviceInstall kind = "service_install"
	serviceStart   kind = "service_start"
	serviceStop    kind = "service_stop"
	taskCreate     kind = "task_create"
	taskUpdate     kind = "task_update"
	taskDelete     kind = "task_delete"
	taskEnable     kind = "task_enable"
	taskDisable    kind = "task_disable"
	taskStart      kind = "task_start"
	logClear       kind = "log_clear"
	logStop        kind = "log_stop"
	logConfigure   kind = "log_configure"
	accountCreate  kind = "account_create"
	accountEnable  kind = "account_enable"
	accountDisable kind = "account_disable"
	accountDelete  kind = "account_delete"
	accountChange  kind = "account_change"
	passwordChange kind = "password_change"
	passwordReset  kind = "password_reset"
	accountLock    kind = "account_lock"
	accountUnlock  kind = "account_unlock"
	groupCreate    kind = "group_create"
	groupDelete    kind = "group_delete"
	groupAdd       kind = "group_add"
	groupRemove    kind = "group_remove"
	logon          kind = "logon"
	logoff         kind = "logoff"
	privileges     kind = "privileges"
	ticket         kind = "ticket"
	serviceTicket  kind = "service_ticket"
	credentials    kind = "credentials"
	shareAccess    kind = "share_access"
	objectAccess   kind = "object_access"
	request        kind = "http_request"
	query          kind = "database_query"
	auditCall      kind = "audit_syscall"
	auditProgram   kind = "audit_execve"
	auditArguments kind = "audit_arguments"
	auditFolder    kind = "audit_cwd"
	auditPath      kind = "audit_path"
	auditAddress   kind = "audit_sockaddr"
	auditTitle     kind = "audit_proctitle"
	message        kind = "message"
	other          kind = "event"
)

// kindsByService are the events of Windows' logs, and of Sysmon for Linux, by
// service and event id.
var kindsByService = map[string]map[string]kind{
	"sysmon": {
		"1": processStart, "2": fileTime, "3": connection, "5": processEnd, "6": driverLoad, "7": imageLoad,
		"8": remoteThread, "10": processAccess, "11": fileCreate, "13": valueSet, "14": keyRename, "15": fileCreate,
		"17": pipeCreate, "18": pipeConnect, "22": dnsQuery, "23": fileDelete, "26": fileDelete, "29": fileCreate,
	},
	"security": {
		"1102": logClear, "4624": logon, "4634": logoff, "4647": logoff, "4648": logon, "4672": privileges,
		"4657": valueSet, "4663": objectAccess, "4688": processStart, "4689": processEnd, "4697": serviceInstall,
		"4698": taskCreate, "4699": taskDelete, "4700": taskEnable, "4701": taskDisable, "4702": taskUpdate,
		"4720": accountCreate, "4722": accountEnable, "4723": passwordChange, "4724": passwordReset,
		"4725": accountDisable, "4726": accountDelete, "4738": accountChange, "4740": accountLock,
		"4767": accountUnlock, "4781": accountChange,
		"4727": groupCreate, "4731": groupCreate, "4754": groupCreate,
		"4730": groupDelete, "4734": groupDelete, "4758": groupDelete,
		"4728": groupAdd, "4732": groupAdd, "4756": groupAdd, "4729": groupRemove, "4733": groupRemove, "4757": groupRemove,
		"4768": ticket, "4769": serviceTicket, "4776": credentials, "5140": shareAccess, "5145": shareAccess,
	},
	"system":        {"104": logClear, "7045": serviceInstall},
	"taskscheduler": {"106": taskCreate, "129": taskStart, "140": taskUpdate, "141": taskDelete, "142": taskDisable},
	"powershell":    {"4103": scriptRun, "4104": scriptRun},
}

// auditKinds are auditd's records by type.
var auditKinds = map[string]kind{
	"SYSCALL": auditCall, "EXECVE": auditArguments, "CWD": auditFolder, "PATH": auditPath, "SOCKADDR": auditAddress,
	"PROCTITLE": auditTitle, "ADD_USER": accountCreate, "DEL_USER": accountDelete, "USER_CHAUTHTOK": passwordChange,
	"ACCT_LOCK": accountLock, "ACCT_UNLOCK": accountUnlock,
	"ADD_GROUP": groupCreate, "DEL_GROUP": groupDelete, "USER_LOGIN": logon, "USER_START": logon, "USER_LOGOUT": logoff,
	"USER_END": logoff, "USER_AUTH": credentials, "SERVICE_START": serviceStart, "SERVICE_STOP": serviceStop,
	"DAEMON_END": logStop, "CONFIG_CHANGE": logConfigure,
}

// kindOf tells what an event is about.
func kindOf(r *Record) kind {
	text := func(name string) string { text, _ := textOf(r.Event.Fields[name]); return text }
	for _, source := range r.Event.Sources {
		switch {
		case source.Service == "auditd":
			return auditKindOf(text)
		case source.Category == "file_rename":
			return fileRename
		case source.Category == "webserver":
			return request
		case source.Category == "database":
			return query
		case source.Category == "dns" || source.Category == "dns_query":
			return dnsQuery
		case source.Service == "sysmon" && text("EventID") == "12":
			return registryKindOf(text("EventType"))
		}
		if found, ok := kindsByService[source.Service][text("EventID")]; ok {
			return found
		}
	}
	if text("message") != "" || text("MESSAGE") != "" || text("Message") != "" {
		return message
	}
	return other
}

func auditKindOf(text func(string) string) kind {
	switch of := text("type"); {
	case of == "SYSCALL" && strings.HasPrefix(text("SYSCALL"), "execve"):
		return auditProgram
	case of == "USER_MGMT" && strings.HasPrefix(text("op"), "add-user-to"):
		return groupAdd
	case of == "USER_MGMT" && strings.HasPrefix(text("op"), "delete-user-from"):
		return groupRemove
	case of == "USER_MGMT":
		return accountChange
	default:
		if found, ok := auditKinds[of]; ok {
			return found
		}
		return other
	}
}

// registryKindOf parts Sysmon's event 12.
func registryKindOf(eventType string) kind {
	switch eventType {
	case "DeleteKey":
		return keyDelete
	case "DeleteValue":
		return valueDelete
	default:
		return keyCreate
	}
}
