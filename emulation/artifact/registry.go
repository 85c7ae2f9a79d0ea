package artifact

import (
	"fmt"
	"strings"
)

// Value is what a registry value holds: a type as the registry names it
// (REG_SZ, REG_EXPAND_SZ, REG_DWORD, REG_BINARY, …) and its data as text; a
// REG_DWORD's is decimal.
type Value struct {
	Type string `json:"type"`
	Data string `json:"data"`
}

// Encode returns the content of the file that stands for the value.
func (v Value) Encode() []byte { return []byte(v.Type + "\n" + v.Data) }

// DecodeValue reads what [Value.Encode] wrote. It returns an error for content whose
// first line names no type.
func DecodeValue(content []byte) (Value, error) {
	kind, data, ok := strings.Cut(string(content), "\n")
	if !ok || !strings.HasPrefix(kind, "REG_") {
		return Value{}, fmt.Errorf("read registry value: the first line must name a type")
	}
	return Value{Type: kind, Data: data}, nil
}

// DefaultValue is the name of the file that stands for a key's unnamed value.
const DefaultValue = "(Default)"

// ValuePath returns the path of a value: its key's, a backslash, its name. An empty
// name is the key's unnamed value; a backslash in a name is escaped.
func ValuePath(key, name string) string {
	if name == "" {
		name = DefaultValue
	}
	return key + `\` + strings.ReplaceAll(name, `\`, "%5C")
}

// SplitValuePath splits a value's path into its key and its name, as the path has
// them: both parts joined by a backslash are the path again.
func SplitValuePath(path string) (key, name string) {
	i := strings.LastIndexByte(path, '\\')
	return path[:max(i, 0)], path[i+1:]
}

// UnescapePath returns a path of a registry value as Windows has it: [ValuePath]
// escapes a backslash in the name.
func UnescapePath(path string) string { return strings.ReplaceAll(path, "%5C", `\`) }

// hives are the registry's roots by all names in use, in capitals.
var hives = map[string]string{
	"HKLM": "HKLM", "HKEY_LOCAL_MACHINE": "HKLM",
	"HKU": "HKU", "HKEY_USERS": "HKU",
	"HKCU": "HKCU", "HKEY_CURRENT_USER": "HKCU",
	"HKCR": "HKCR", "HKEY_CLASSES_ROOT": "HKCR",
}

// AppHives is the prefix of hives that an application has loaded for itself.
const AppHives = `\REGISTRY\`

// Hive returns the short name of a registry root that is written in any of its
// names and in any case; it is empty for anything else.
func Hive(name string) string { return hives[strings.ToUpper(name)] }

// IsRegistry reports whether a Windows path names a registry key or value.
func IsRegistry(path string) bool {
	root, _, _ := strings.Cut(path, `\`)
	return Hive(root) != "" || strings.HasPrefix(path, AppHives)
}
