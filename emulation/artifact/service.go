package artifact

import (
	"cmp"
	"strings"
)

// ServicesKey is the registry key below which the service control manager keeps a
// key for each service.
const ServicesKey = `HKLM\SYSTEM\CurrentControlSet\Services\`

// Service is a Windows service. Nothing on an asset starts it.
type Service struct {
	Name, DisplayName, ImagePath string
	// Type and Start are the registry's numbers, in decimal; Account is who the
	// service runs as. Those that are empty are an ordinary service's.
	Type, Start, Account string
}

// ServiceValue is one value in a service's key.
type ServiceValue struct {
	Name  string
	Value Value
}

// Key returns the service's registry key.
func (s Service) Key() string { return ServicesKey + s.Name }

// Encode returns the values in the service's key, in the order in which the service
// control manager writes them.
func (s Service) Encode() []ServiceValue {
	return []ServiceValue{
		{"Type", Value{Type: "REG_DWORD", Data: cmp.Or(s.Type, "16")}},
		{"Start", Value{Type: "REG_DWORD", Data: cmp.Or(s.Start, "2")}},
		{"ErrorControl", Value{Type: "REG_DWORD", Data: "1"}},
		{"ImagePath", Value{Type: "REG_EXPAND_SZ", Data: s.ImagePath}},
		{"DisplayName", Value{Type: "REG_SZ", Data: s.DisplayName}},
		{"ObjectName", Value{Type: "REG_SZ", Data: cmp.Or(s.Account, "LocalSystem")}},
	}
}

// DecodeService reads a service from the data of its values by name. Type and Start
// stay empty where they are missing.
func DecodeService(name string, data map[string]string) Service {
	return Service{
		Name: name, DisplayName: cmp.Or(data["DisplayName"], name), ImagePath: data["ImagePath"],
		Type: data["Type"], Start: data["Start"], Account: cmp.Or(data["ObjectName"], "LocalSystem"),
	}
}

// ServiceOf returns the service that a registry path belongs to, and the name of
// its value, which is empty for the service's key itself. ok is false for a path
// that is no service's.
func ServiceOf(path string) (service, value string, ok bool) {
	if !IsBelow(path, ServicesKey) {
		return "", "", false
	}
	service, value, _ = strings.Cut(path[len(ServicesKey):], `\`)
	return service, value, true
}
