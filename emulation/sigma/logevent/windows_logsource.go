package logevent

import (
	"strings"
	"sync"
)

// windowsChannels says which service a channel of the Windows event log is, as
// the taxonomy and SigmaHQ's rules call it. [Taxonomy appendix]
var windowsChannels = sync.OnceValue(func() map[string][]string {
	return map[string][]string{
		"security":                             {"Security"},
		"system":                               {"System"},
		"application":                          {"Application"},
		"sysmon":                               {"Microsoft-Windows-Sysmon/Operational"},
		"powershell":                           {"Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"},
		"powershell-classic":                   {"Windows PowerShell"},
		"taskscheduler":                        {"Microsoft-Windows-TaskScheduler/Operational"},
		"wmi":                                  {"Microsoft-Windows-WMI-Activity/Operational"},
		"windefend":                            {"Microsoft-Windows-Windows Defender/Operational"},
		"dns-client":                           {"Microsoft-Windows-DNS Client Events/Operational", "Microsoft-Windows-DNS-Client/Operational"},
		"dns-server":                           {"DNS Server"},
		"dns-server-audit":                     {"Microsoft-Windows-DNSServer/Audit", "Microsoft-Windows-DNS-Server/Audit"},
		"dns-server-analytic":                  {"Microsoft-Windows-DNSServer/Analytical", "Microsoft-Windows-DNS-Server/Analytical"},
		"dhcp":                                 {"Microsoft-Windows-DHCP-Server/Operational"},
		"driver-framework":                     {"Microsoft-Windows-DriverFrameworks-UserMode/Operational"},
		"ntlm":                                 {"Microsoft-Windows-NTLM/Operational"},
		"msexchange-management":                {"MSExchange Management"},
		"printservice-admin":                   {"Microsoft-Windows-PrintService/Admin"},
		"printservice-operational":             {"Microsoft-Windows-PrintService/Operational"},
		"codeintegrity-operational":            {"Microsoft-Windows-CodeIntegrity/Operational"},
		"smbclient-security":                   {"Microsoft-Windows-SmbClient/Security"},
		"smbclient-connectivity":               {"Microsoft-Windows-SmbClient/Connectivity"},
		"smbserver-connectivity":               {"Microsoft-Windows-SMBServer/Connectivity"},
		"smbserver-security":                   {"Microsoft-Windows-SMBServer/Security"},
		"firewall-as":                          {"Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"},
		"bits-client":                          {"Microsoft-Windows-Bits-Client/Operational"},
		"ldap":                                 {"Microsoft-Windows-LDAP-Client/Debug"},
		"ldap_debug":                           {"Microsoft-Windows-LDAP-Client/Debug"},
		"servicebus-client":                    {"Microsoft-ServiceBus-Client/Operational", "Microsoft-ServiceBus-Client/Admin"},
		"microsoft-servicebus-client":          {"Microsoft-ServiceBus-Client/Operational", "Microsoft-ServiceBus-Client/Admin"},
		"security-mitigations":                 {"Microsoft-Windows-Security-Mitigations/KernelMode", "Microsoft-Windows-Security-Mitigations/UserMode", "Microsoft-Windows-Security-Mitigations/Kernel Mode", "Microsoft-Windows-Security-Mitigations/User Mode"},
		"diagnosis-scripted":                   {"Microsoft-Windows-Diagnosis-Scripted/Operational"},
		"shell-core":                           {"Microsoft-Windows-Shell-Core/Operational"},
		"openssh":                              {"OpenSSH/Operational"},
		"appxdeployment-server":                {"Microsoft-Windows-AppXDeploymentServer/Operational"},
		"appxpackaging-om":                     {"Microsoft-Windows-AppxPackaging/Operational"},
		"appmodel-runtime":                     {"Microsoft-Windows-AppModel-Runtime/Admin"},
		"capi2":                                {"Microsoft-Windows-CAPI2/Operational"},
		"lsa-server":                           {"Microsoft-Windows-LSA/Operational"},
		"iis-configuration":                    {"Microsoft-IIS-Configuration/Operational"},
		"sense":                                {"Microsoft-Windows-SENSE/Operational"},
		"kernel-shimengine":                    {"Microsoft-Windows-Kernel-ShimEngine/Operational", "Microsoft-Windows-Kernel-ShimEngine/Diagnostic"},
		"kernel-event-tracing":                 {"Microsoft-Windows-Kernel-EventTracing", "Microsoft-Windows-Kernel-EventTracing/Admin"},
		"hyper-v-worker":                       {"Microsoft-Windows-Hyper-V-Worker", "Microsoft-Windows-Hyper-V-Worker-Admin"},
		"application-experience":               {"Microsoft-Windows-Application-Experience/Program-Telemetry", "Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant"},
		"bitlocker":                            {"Microsoft-Windows-BitLocker/BitLocker Management"},
		"ntfs":                                 {"Microsoft-Windows-Ntfs/Operational"},
		"vhdmp":                                {"Microsoft-Windows-VHDMP/Operational"},
		"terminalservices-localsessionmanager": {"Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"},
		"certificateservicesclient-lifecycle-system": {"Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational"},
		"applocker": {"Microsoft-Windows-AppLocker/EXE and DLL", "Microsoft-Windows-AppLocker/MSI and Script",
			"Microsoft-Windows-AppLocker/Packaged app-Deployment", "Microsoft-Windows-AppLocker/Packaged app-Execution"},
	}
})

// windowsCategories says which categories an event of a service is in.
var windowsCategories = sync.OnceValue(func() map[string]map[int][]string {
	return map[string]map[int][]string{
		"sysmon": {
			1: {"process_creation"}, 2: {"file_change"}, 3: {"network_connection"}, 4: {"sysmon_status"},
			5: {"process_termination"}, 6: {"driver_load"}, 7: {"image_load"}, 8: {"create_remote_thread"},
			9: {"raw_access_thread"}, 10: {"process_access"}, 11: {"file_event"},
			12: {"registry_add", "registry_delete", "registry_event"}, 13: {"registry_set", "registry_event"},
			14: {"registry_rename", "registry_event"}, 15: {"create_stream_hash"}, 16: {"sysmon_status"},
			17: {"pipe_created"}, 18: {"pipe_created"}, 19: {"wmi_event"}, 20: {"wmi_event"}, 21: {"wmi_event"},
			22: {"dns_query"}, 23: {"file_delete"}, 24: {"clipboard_capture"}, 25: {"process_tampering"},
			26: {"file_delete", "file_delete_detected"}, 27: {"file_block", "file_block_executable"}, 28: {"file_block_shredding"}, 29: {"file_executable_detected"}, 255: {"sysmon_error"},
		},
		"security":           {4688: {"process_creation"}},
		"powershell":         {4103: {"ps_module"}, 4104: {"ps_script"}},
		"powershell-classic": {400: {"ps_classic_start"}, 600: {"ps_classic_provider_start"}, 800: {"ps_classic_script"}},
	}
})

// windowsSources holds every list of log sources once, so that events share it.
type windowsSources struct {
	plain   map[string][]LogSource // by channel in lower case
	events  map[string]map[int][]LogSource
	unknown []LogSource
}

var windowsTable = sync.OnceValue(func() *windowsSources {
	t := &windowsSources{plain: map[string][]LogSource{}, events: map[string]map[int][]LogSource{},
		unknown: []LogSource{{Product: "windows"}}}
	for service, channels := range windowsChannels() {
		for _, c := range channels {
			c = strings.ToLower(c)
			t.plain[c] = append(t.plain[c], LogSource{Product: "windows", Service: service})
			for id, categories := range windowsCategories()[service] {
				if t.events[c] == nil {
					t.events[c] = map[int][]LogSource{}
				}
				for _, category := range categories {
					t.events[c][id] = append(t.events[c][id], LogSource{Category: category, Product: "windows", Service: service})
				}
			}
		}
	}
	t.linuxSysmon()
	return t
})

// linuxSysmon is the one channel of that form which is not Windows': Sysmon for
// Linux writes the same events as XML to the syslog.
func (t *windowsSources) linuxSysmon() {
	const channel = "linux-sysmon/operational"
	t.plain[channel] = []LogSource{{Product: "linux", Service: "sysmon"}}
	t.events[channel] = map[int][]LogSource{}
	for id, categories := range windowsCategories()["sysmon"] {
		for _, category := range categories {
			t.events[channel][id] = append(t.events[channel][id], LogSource{Category: category, Product: "linux", Service: "sysmon"})
		}
	}
}

// WindowsLogSources tells what an event of a channel belongs to. Each entry
// names the category and the service, so it answers to rules that name either.
func WindowsLogSources(channel string, id int) []LogSource {
	t := windowsTable()
	channel = strings.ToLower(channel)
	if out := t.events[channel][id]; out != nil {
		return out
	}
	if out := t.plain[channel]; out != nil {
		return out
	}
	return t.unknown
}

// WindowsChannels lists the channels that a service's records come in.
func WindowsChannels(service string) []string { return windowsChannels()[service] }

// WindowsServices lists the log sources that the channels of the Windows event
// log are, Sysmon's and Security's left out.
func WindowsServices() []LogSource {
	var all []LogSource
	for service := range windowsChannels() {
		if service == "sysmon" || service == "security" {
			continue
		}
		all = append(all, LogSource{Product: "windows", Service: service})
		for _, categories := range windowsCategories()[service] {
			for _, category := range categories {
				all = append(all, LogSource{Category: category, Product: "windows", Service: service})
			}
		}
	}
	return all
}
