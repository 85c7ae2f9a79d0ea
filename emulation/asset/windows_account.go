package asset

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// The carrier's domain, which no one owns: .example is reserved (RFC 2606).
const (
	WindowsDomain  = "carrier.example"
	WindowsNetBIOS = "CARRIER"
	WindowsSystem  = `NT AUTHORITY\SYSTEM`

	windowsDomainSID = "S-1-5-21-1004336348-1177238915-682003330"
)

// wellKnownSIDs are the security identifiers that every Windows has.
var wellKnownSIDs = map[string]string{
	WindowsSystem:                  "S-1-5-18",
	`NT AUTHORITY\LOCAL SERVICE`:   "S-1-5-19",
	`NT AUTHORITY\NETWORK SERVICE`: "S-1-5-20",
	`CARRIER\Administrator`:        windowsDomainSID + "-500",
	`CARRIER\Domain Admins`:        windowsDomainSID + "-512",
	`CARRIER\Domain Users`:         windowsDomainSID + "-513",
}

// WindowsSID returns an account's security identifier: a well-known one, or one
// that follows from the name, so that it is the same wherever it is needed.
func WindowsSID(account string) string {
	if known := wellKnownSIDs[account]; known != "" {
		return known
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(strings.ToLower(account))) // a hash refuses nothing
	return fmt.Sprintf("%s-%d", windowsDomainSID, 1100+sum.Sum32()%8000)
}

// SplitWindowsAccount splits an account such as CARRIER\ops02 into domain and name;
// one without a domain is of the carrier's.
func SplitWindowsAccount(account string) (domain, name string) {
	domain, name, ok := strings.Cut(account, `\`)
	if !ok {
		return WindowsNetBIOS, account
	}
	return domain, name
}
