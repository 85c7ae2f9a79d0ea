package export

import "strings"

// ocsfEndpoint writes one end of a connection, if something says which it is.
func ocsfEndpoint(o object, f *fields, at, address, port, host string) {
	end := object{}
	end.put("ip", f.address(address))
	end.put("hostname", f.text(host))
	if len(end) == 0 {
		return
	}
	end.put("port", f.port(port))
	o[at] = end
}

// ocsfProtocols are the numbers of IP's protocols.
var ocsfProtocols = map[string]int{"tcp": 6, "udp": 17}

// ocsfConnection writes a connection, as Sysmon's event 3 has it.
func ocsfConnection(o object, f *fields, _ *Record) {
	ocsfEndpoint(o, f, "src_endpoint", "SourceIp", "SourcePort", "SourceHostname")
	ocsfEndpoint(o, f, "dst_endpoint", "DestinationIp", "DestinationPort", "DestinationHostname")
	direction := 0
	switch f.text("Initiated") {
	case "true":
		direction = 2
	case "false":
		direction = 1
	}
	info := object{"direction_id": direction}
	if protocol := strings.ToLower(f.text("Protocol")); protocol != "" {
		info["protocol_name"] = protocol
		if number, known := ocsfProtocols[protocol]; known {
			info["protocol_num"] = number
		}
	}
	o["connection_info"] = info
	o.put("actor", ocsfActor(f))
}

// ocsfQuestion writes a question to a name server; who asks is this host.
func ocsfQuestion(o object, f *fields, r *Record) {
	o.put("query.hostname", f.text("QueryName", "query"))
	o.put("query.type", f.text("record_type"))
	ocsfEndpoint(o, f, "src_endpoint", "src_ip", "", "")
	if o["src_endpoint"] == nil {
		o.put("src_endpoint.hostname", r.Host.Name)
		o.put("src_endpoint.name", r.Event.Lineage.Asset)
	}
	if o["src_endpoint"] == nil {
		o["src_endpoint"] = object{"name": "unknown"}
	}
	o.put("actor", ocsfActor(f))
}

// ocsfShare writes a share that was used, and the file on it.
func ocsfShare(o object, f *fields, _ *Record) {
	o.put("share", f.text("ShareName"))
	o["share_type_id"] = 1
	if name := f.text("RelativeTargetName"); name != "" {
		o["file"] = ocsfFileOf(name, 1)
	}
	ocsfEndpoint(o, f, "src_endpoint", "IpAddress", "IpPort", "")
	o.put("actor", ocsfActor(f))
}

// ocsfMethods are the activities of HTTP by method.
var ocsfMethods = map[string]int{
	"CONNECT": 1, "DELETE": 2, "GET": 3, "HEAD": 4, "OPTIONS": 5, "POST": 6, "PUT": 7, "TRACE": 8, "PATCH": 9,
}

// ocsfRequest writes a line of a web server's access log.
func ocsfRequest(o object, f *fields, _ *Record) {
	if activity, known := ocsfMethods[f.peek("cs-method")]; known {
		o["activity_id"] = activity
		o.put("http_request.http_method", f.text("cs-method"))
	}
	o.put("http_request.url.path", f.text("cs-uri-stem"))
	if request, ok := o["http_request"].(object); ok && request["url"] != nil {
		request.put("url.query_string", f.text("cs-uri-query"))
		request.put("url.hostname", f.text("cs-host"))
	}
	o.put("http_request.referrer", f.text("cs-referer"))
	o.put("http_request.user_agent", f.text("cs-user-agent"))
	if status := f.count("sc-status"); status != nil {
		o["http_response"] = object{"code": status}
		o.put("http_response.length", f.count("sc-bytes"))
	}
	ocsfEndpoint(o, f, "src_endpoint", "c-ip", "", "")
}

// databaseActivities are the activities on a store by the kind of statement.
var databaseActivities = map[string]int{
	"SELECT": 1, "UPDATE": 2, "authentication": 3, "INSERT": 5, "CREATE TABLE": 6, "DELETE": 7, "DROP TABLE": 7,
}

// ocsfDatabase writes a line of a database server's log.
func ocsfDatabase(o object, f *fields, _ *Record) {
	if name := f.text("dbname"); name != "" {
		o["database"] = object{"name": name, "type_id": 1}
		o["type_id"] = 1
	}
	if activity, known := databaseActivities[f.peek("ps")]; known {
		o["activity_id"] = activity
	}
	if text := f.text("message"); text != "" {
		o["query_info"] = object{"query_string": text, "name": text}
		o.put("query_info.name", f.text("ps"))
	}
	o.put("src_endpoint.ip", f.address("remote_host"))
	if o["src_endpoint"] == nil {
		o["src_endpoint"] = object{"name": "local"}
		o.put("src_endpoint.name", f.text("remote_host"))
	}
	o.put("actor.user.name", f.text("user"))
	o.put("actor.app_name", f.text("application_name"))
}
