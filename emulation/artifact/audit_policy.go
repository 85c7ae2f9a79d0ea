package artifact

import (
	"slices"
	"strings"
)

// AuditPolicyFile is where a Windows host keeps its advanced audit policy. A host
// without one audits what Windows does by default.
const AuditPolicyFile = System32 + `GroupPolicy\Machine\Microsoft\Windows NT\Audit\audit.csv`

// SysmonConfigFile is where a host keeps what Sysmon is to report besides the
// usual.
const SysmonConfigFile = `C:\ProgramData\Sysmon\config.xml`

// AuditSubcategory is one row of an audit policy: the subcategory's name, and the
// identifier that Windows gives it.
type AuditSubcategory struct{ Name, GUID string }

// EncodeAuditPolicy returns the policy that audits the successes of subcategories.
func EncodeAuditPolicy(subcategories ...AuditSubcategory) []byte {
	policy := []byte("# " + Marker + "\nMachine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting,Setting Value\n")
	for _, subcategory := range subcategories {
		policy = append(policy, ",System,"+subcategory.Name+",{"+subcategory.GUID+"},Success,,1\n"...)
	}
	return policy
}

// DecodeAuditPolicy reads the subcategories whose successes a policy audits.
func DecodeAuditPolicy(content []byte) []AuditSubcategory {
	var subcategories []AuditSubcategory
	for line := range strings.Lines(string(content)) {
		columns := strings.Split(strings.TrimSpace(line), ",")
		if len(columns) > 4 && strings.Contains(columns[4], "Success") {
			subcategories = append(subcategories, AuditSubcategory{Name: columns[2], GUID: strings.Trim(columns[3], "{}")})
		}
	}
	return subcategories
}

// Audits reports whether a policy audits the successes of a subcategory.
func Audits(policy []byte, subcategory string) bool {
	return slices.ContainsFunc(DecodeAuditPolicy(policy), func(s AuditSubcategory) bool { return s.Name == subcategory })
}

// EncodeSysmonConfig returns a configuration by which Sysmon reports an event that
// it reports only where it is configured to, such as FileExecutableDetected.
func EncodeSysmonConfig(event string) []byte {
	return []byte("<!-- " + Marker + " -->\n" +
		`<Sysmon schemaversion="4.90"><EventFiltering><` + event + ` onmatch="exclude"/></EventFiltering></Sysmon>` + "\n")
}

// SysmonReports reports whether a configuration has Sysmon report the event.
func SysmonReports(config []byte, event string) bool {
	return strings.Contains(string(config), "<"+event)
}
