package logevent_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// sysmonChannel is where Sysmon's events come.
const sysmonChannel = "Microsoft-Windows-Sysmon/Operational"

// taxonomyCategories are the categories of Windows events of the specification's
// taxonomy appendix, 2.1.0, by channel and id. Those of ETW providers have no channel.
var taxonomyCategories = []struct {
	category, channel string
	ids               []int
}{
	{"process_creation", sysmonChannel, []int{1}},
	{"file_change", sysmonChannel, []int{2}},
	{"network_connection", sysmonChannel, []int{3}},
	{"sysmon_status", sysmonChannel, []int{4, 16}},
	{"process_termination", sysmonChannel, []int{5}},
	{"driver_load", sysmonChannel, []int{6}},
	{"image_load", sysmonChannel, []int{7}},
	{"create_remote_thread", sysmonChannel, []int{8}},
	{"raw_access_thread", sysmonChannel, []int{9}},
	{"process_access", sysmonChannel, []int{10}},
	{"file_event", sysmonChannel, []int{11}},
	{"registry_event", sysmonChannel, []int{12, 13, 14}},
	{"registry_add", sysmonChannel, []int{12}},
	{"registry_delete", sysmonChannel, []int{12}},
	{"registry_set", sysmonChannel, []int{13}},
	{"registry_rename", sysmonChannel, []int{14}},
	{"create_stream_hash", sysmonChannel, []int{15}},
	{"pipe_created", sysmonChannel, []int{17, 18}},
	{"wmi_event", sysmonChannel, []int{19, 20, 21}},
	{"dns_query", sysmonChannel, []int{22}},
	{"file_delete", sysmonChannel, []int{23}},
	{"clipboard_capture", sysmonChannel, []int{24}},
	{"process_tampering", sysmonChannel, []int{25}},
	{"file_delete_detected", sysmonChannel, []int{26}},
	{"file_block_executable", sysmonChannel, []int{27}},
	{"file_block_shredding", sysmonChannel, []int{28}},
	{"file_executable_detected", sysmonChannel, []int{29}},
	{"sysmon_error", sysmonChannel, []int{255}},
	{"ps_classic_start", "Windows PowerShell", []int{400}},
	{"ps_classic_provider_start", "Windows PowerShell", []int{600}},
	{"ps_classic_script", "Windows PowerShell", []int{800}},
	{"ps_module", "Microsoft-Windows-PowerShell/Operational", []int{4103}},
	{"ps_module", "PowerShellCore/Operational", []int{4103}},
	{"ps_script", "Microsoft-Windows-PowerShell/Operational", []int{4104}},
	{"ps_script", "PowerShellCore/Operational", []int{4104}},
}

// taxonomyServices are the services of the same appendix, by channel.
var taxonomyServices = map[string][]string{
	"application": {"Application"},
	"application-experience": {
		"Microsoft-Windows-Application-Experience/Program-Telemetry", "Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant",
	},
	"applocker": {
		"Microsoft-Windows-AppLocker/MSI and Script", "Microsoft-Windows-AppLocker/EXE and DLL",
		"Microsoft-Windows-AppLocker/Packaged app-Deployment", "Microsoft-Windows-AppLocker/Packaged app-Execution",
	},
	"appmodel-runtime":      {"Microsoft-Windows-AppModel-Runtime/Admin"},
	"appxdeployment-server": {"Microsoft-Windows-AppXDeploymentServer/Operational"},
	"appxpackaging-om":      {"Microsoft-Windows-AppxPackaging/Operational"},
	"bitlocker":             {"Microsoft-Windows-BitLocker/BitLocker Management"},
	"bits-client":           {"Microsoft-Windows-Bits-Client/Operational"},
	"capi2":                 {"Microsoft-Windows-CAPI2/Operational"},
	"certificateservicesclient-lifecycle-system": {"Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational"},
	"codeintegrity-operational":                  {"Microsoft-Windows-CodeIntegrity/Operational"},
	"dhcp":                                       {"Microsoft-Windows-DHCP-Server/Operational"},
	"diagnosis-scripted":                         {"Microsoft-Windows-Diagnosis-Scripted/Operational"},
	"dns-client":                                 {"Microsoft-Windows-DNS Client Events/Operational"},
	"dns-server":                                 {"DNS Server"},
	"dns-server-analytic":                        {"Microsoft-Windows-DNS-Server/Analytical"},
	"dns-server-audit":                           {"Microsoft-Windows-DNS-Server/Audit"},
	"driver-framework":                           {"Microsoft-Windows-DriverFrameworks-UserMode/Operational"},
	"firewall-as":                                {"Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"},
	"hyper-v-worker":                             {"Microsoft-Windows-Hyper-V-Worker"},
	"iis-configuration":                          {"Microsoft-IIS-Configuration/Operational"},
	"kernel-event-tracing":                       {"Microsoft-Windows-Kernel-EventTracing"},
	"kernel-shimengine":                          {"Microsoft-Windows-Kernel-ShimEngine/Operational", "Microsoft-Windows-Kernel-ShimEngine/Diagnostic"},
	"ldap":                                       {"Microsoft-Windows-LDAP-Client/Debug"},
	"lsa-server":                                 {"Microsoft-Windows-LSA/Operational"},
	"msexchange-management":                      {"MSExchange Management"},
	"ntfs":                                       {"Microsoft-Windows-Ntfs/Operational"},
	"ntlm":                                       {"Microsoft-Windows-NTLM/Operational"},
	"openssh":                                    {"OpenSSH/Operational"},
	"powershell":                                 {"Microsoft-Windows-PowerShell/Operational"},
	"powershell-classic":                         {"Windows PowerShell"},
	"printservice-admin":                         {"Microsoft-Windows-PrintService/Admin"},
	"printservice-operational":                   {"Microsoft-Windows-PrintService/Operational"},
	"security":                                   {"Security"},
	"security-mitigations":                       {"Microsoft-Windows-Security-Mitigations/Kernel Mode", "Microsoft-Windows-Security-Mitigations/User Mode"},
	"sense":                                      {"Microsoft-Windows-SENSE/Operational"},
	"servicebus-client":                          {"Microsoft-ServiceBus-Client/Operational", "Microsoft-ServiceBus-Client/Admin"},
	"shell-core":                                 {"Microsoft-Windows-Shell-Core/Operational"},
	"smbclient-security":                         {"Microsoft-Windows-SmbClient/Security"},
	"sysmon":                                     {sysmonChannel},
	"system":                                     {"System"},
	"taskscheduler":                              {"Microsoft-Windows-TaskScheduler/Operational"},
	"terminalservices-localsessionmanager":       {"Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"},
	"vhdmp":                                      {"Microsoft-Windows-VHDMP/Operational"},
	"windefend":                                  {"Microsoft-Windows-Windows Defender/Operational"},
	"wmi":                                        {"Microsoft-Windows-WMI-Activity/Operational"},
}

func TestTheTaxonomyIsWhole(t *testing.T) {
	t.Parallel()
	for _, fact := range taxonomyCategories {
		for _, id := range fact.ids {
			var found []string
			for _, source := range logevent.WindowsLogSources(fact.channel, id) {
				found = append(found, source.Category)
			}
			assert.Contains(t, found, fact.category, "%s %d", fact.channel, id)
		}
	}
	for service, channels := range taxonomyServices {
		for _, channel := range channels {
			var found []string
			for _, source := range logevent.WindowsLogSources(channel, 1) {
				found = append(found, source.Service)
			}
			assert.Contains(t, found, service, channel)
		}
	}
}
