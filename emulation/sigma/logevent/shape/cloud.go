package shape

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

func of(product, service string) []logevent.LogSource {
	return []logevent.LogSource{{Product: product, Service: service}}
}

// kubernetesAudit answers rules that call it an application's log too.
var kubernetesAudit = []logevent.LogSource{{Category: "application", Product: "kubernetes", Service: "audit"}}

var cloudRows = []row{
	{name: "AWS CloudTrail", keys: []string{"eventSource"}, is: all(has("eventName"), either(contains("eventSource", ".amazonaws.com"), has("awsRegion"), has("eventVersion", "userIdentity"))),
		sources: of("aws", "cloudtrail"), time: []string{"eventTime"}},
	{name: "AWS CloudTrail in Microsoft Sentinel", keys: []string{"EventSource"}, is: all(has("EventName", "EventSource"), hasOne("AWSRegion", "AwsRegion", "UserIdentityType")),
		sources: of("aws", "cloudtrail"), time: []string{"TimeGenerated"}, also: []also{{"eventSource", "EventSource"}, {"eventName", "EventName"}, {"userAgent", "UserAgent"}, {"errorCode", "ErrorCode"}, {"errorMessage", "ErrorMessage"}, {"sourceIPAddress", "SourceIpAddress"}, {"userIdentity.type", "UserIdentityType"}, {"userIdentity.arn", "UserIdentityArn"}}},

	{name: "Azure sign-in log", keys: []string{"category", "Category", "Type"}, is: category("*signinlogs"), sources: of("azure", "signinlogs"), more: azureNames},
	{name: "Azure sign-in of Microsoft Graph", keys: []string{"userPrincipalName", "servicePrincipalName"}, is: all(has("createdDateTime", "status.errorCode"), hasOne("appDisplayName", "resourceDisplayName")),
		sources: of("azure", "signinlogs"), more: azureNames, also: []also{{"ResultType", "status.errorCode"}, {"ResultDescription", "status.failureReason"}}},
	{name: "Azure audit log", keys: []string{"category", "Category", "Type"}, is: all(category("auditlogs"), hasOne("operationName", "OperationName", "properties", "ActivityDisplayName")), sources: of("azure", "auditlogs"), more: azureNames},
	{name: "Azure audit log in Log Analytics", keys: []string{"AADOperationType", "ActivityDisplayName"}, is: all(has("ActivityDisplayName"), hasOne("AADOperationType", "LoggedByService")), sources: of("azure", "auditlogs"), more: azureNames},
	{name: "Azure audit of Microsoft Graph", keys: []string{"activityDateTime"}, is: has("activityDisplayName", "loggedByService"), sources: of("azure", "auditlogs"), more: azureNames,
		also: []also{{"OperationName", "activityDisplayName"}, {"operationName", "activityDisplayName"}, {"properties.message", "activityDisplayName"}}},
	{name: "Azure risk detection", keys: []string{"riskEventType", "RiskEventType", "properties", "category"}, is: hasOne("riskEventType", "RiskEventType", "properties.riskEventType"), sources: []logevent.LogSource{
		{Product: "azure", Service: "riskdetection"}, {Product: "azure", Service: "pim"}}, more: azureNames, also: []also{{"riskEventType", "properties.riskEventType"}, {"riskEventType", "RiskEventType"}}},
	{name: "Azure activity log", keys: []string{"operationName", "OperationNameValue", "category", "Category", "CategoryValue"}, is: either(
		hasOne("OperationNameValue"),
		all(has("operationName"), either(says("category", "administrative", "security", "policy", "servicehealth", "alert", "autoscale", "recommendation", "action", "write", "delete", "resourcehealth"),
			contains("resourceId", "/subscriptions/"), has("resourceProviderName")))),
		sources: of("azure", "activitylogs"), more: azureNames, also: []also{{"operationName", "OperationNameValue"}, {"operationName", "operationName.value"}, {"OperationNameValue", "operationName"}}},

	{name: "Microsoft 365 audit log", keys: []string{"Workload", "OfficeWorkload", "RecordType"}, is: all(hasOne("Operation"), either(has("Workload"), has("OfficeWorkload"), has("OrganizationId"), has("CreationTime"))),
		sourcesOf: m365, time: []string{"CreationTime", "TimeGenerated"}, also: []also{{"Workload", "OfficeWorkload"}, {"eventSource", "Workload"}, {"eventName", "Name"}, {"eventName", "Operation"}, {"status", "ResultStatus"}}},
	{name: "Microsoft 365 alert", keys: []string{"eventSource"}, is: says("eventSource", "securitycompliancecenter", "exchange", "sharepoint", "onedrive", "microsoftteams"), sourcesOf: m365},

	{name: "Google Workspace", keys: []string{"protoPayload"}, is: says("protoPayload.serviceName", "admin.googleapis.com", "login.googleapis.com", "cloudidentity.googleapis.com"), sourcesOf: workspace, time: []string{"timestamp"},
		also: []also{{"eventService", "protoPayload.serviceName"}, {"eventName", "protoPayload.metadata.event.eventName"}, {"gcp.audit.method_name", "protoPayload.methodName"}}, more: googleNames},
	{name: "Google Workspace report", keys: []string{"id"}, is: all(has("id.applicationName", "events"), contains("kind", "reports#activity")), sourcesOf: workspace, time: []string{"id.time"}, more: reportNames},
	{name: "Google Cloud audit log", keys: []string{"protoPayload", "logName"}, is: either(contains("protoPayload.@type", "auditlog"), all(has("protoPayload"), contains("logName", "cloudaudit.googleapis.com"))),
		sources: of("gcp", "gcp.audit"), time: []string{"timestamp", "receiveTimestamp"}, also: []also{{"gcp.audit.method_name", "protoPayload.methodName"}}, more: googleNames},
	{name: "Google Cloud audit log of Elastic", keys: []string{"gcp"}, is: has("gcp.audit"), sources: of("gcp", "gcp.audit")},

	{name: "Okta", keys: []string{"eventType"}, is: all(has("eventType"), hasOne("published", "uuid", "displayMessage", "legacyEventType"), hasOne("actor", "outcome", "client", "target", "displayMessage")),
		sources: of("okta", "okta"), time: []string{"published"}},
	{name: "OneLogin", keys: []string{"event_type_id"}, is: has("event_type_id"), sources: of("onelogin", "onelogin.events")},
	{name: "GitHub audit log", keys: []string{"action"}, is: all(contains("action", "."), hasOne("actor", "actor_id", "actor_ip"), hasOne("@timestamp", "created_at", "_document_id", "org", "business", "repo")),
		sources: of("github", "audit"), time: []string{"@timestamp", "created_at"}},
	{name: "Bitbucket audit log", keys: []string{"auditType"}, is: hasOne("auditType.action", "auditType.category"), sources: of("bitbucket", "audit")},
	{name: "Kubernetes audit", keys: []string{"apiVersion", "auditID"}, is: either(begins("apiVersion", "audit.k8s.io/"), has("auditID", "verb")),
		sources: kubernetesAudit, time: []string{"requestReceivedTimestamp", "stageTimestamp"}, also: []also{{"apiGroup", "objectRef.apiGroup"}}},
}

// category asks for the category of a record of Azure, or its table.
func category(pattern string) condition {
	return either(says("category", pattern), says("Category", pattern), says("Type", pattern))
}

// azureNames adds the names of Log Analytics, which begin with a capital, and those of
// an export, which do not; what an export has below properties stands beside them.
func azureNames(fields map[string]any, v *record.Value) {
	add := func(name string, m *record.Value) {
		if _, taken := fields[name]; !taken {
			fields[name] = m.Any()
		}
	}
	for _, of := range [...]*record.Value{v, v.Get("properties"), v.Get("Properties")} {
		if of == nil || of.Kind != record.Object {
			continue
		}
		for i := range of.Members {
			m := &of.Members[i]
			if m.Name == "" {
				continue
			}
			add(strings.ToUpper(m.Name[:1])+m.Name[1:], &m.Value)
			add(strings.ToLower(m.Name[:1])+m.Name[1:], &m.Value)
		}
	}
}

// googleNames adds the record as Pub/Sub and the rules have it, below data.
func googleNames(fields map[string]any, v *record.Value) {
	if _, taken := fields["data"]; !taken {
		fields["data"] = v.Any()
	}
}

// reportNames adds the names and parameters of the events of a report.
func reportNames(fields map[string]any, v *record.Value) {
	fields["eventService"] = v.Said("id.applicationName") + ".googleapis.com"
	var names []any
	events := v.Get("events")
	for i := range events.Members {
		e := &events.Members[i].Value
		names = append(names, e.Said("name"))
		parameters := e.Get("parameters")
		if parameters == nil {
			continue
		}
		for j := range parameters.Members {
			name, value := parameters.Members[j].Said("name"), parameters.Members[j].At("value")
			if _, taken := fields[strings.ToLower(name)]; !taken && value != nil {
				fields[strings.ToLower(name)] = value.Any()
			}
		}
	}
	fields["eventName"] = names
}

var (
	workspaceAdmin = of("gcp", "google_workspace.admin")
	workspaceLogin = of("gcp", "google_workspace.login")
)

func workspace(v *record.Value) []logevent.LogSource {
	if v.Said("protoPayload.serviceName") == "login.googleapis.com" || v.Said("id.applicationName") == "login" {
		return workspaceLogin
	}
	return workspaceAdmin
}

var (
	m365Audit    = of("m365", "audit")
	m365Exchange = []logevent.LogSource{{Product: "m365", Service: "audit"}, {Product: "m365", Service: "exchange"}}
	m365Threats  = []logevent.LogSource{{Product: "m365", Service: "audit"}, {Product: "m365", Service: "threat_management"}, {Product: "m365", Service: "threat_detection"}}
)

func m365(v *record.Value) []logevent.LogSource {
	workload := v.Said("Workload") + v.Said("OfficeWorkload") + v.Said("eventSource")
	switch strings.ToLower(workload) {
	case "exchange":
		return m365Exchange
	case "securitycompliancecenter", "threatintelligence", "microsoftdefenderforendpoint":
		return m365Threats
	}
	return m365Audit
}
