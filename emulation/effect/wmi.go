package effect

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
)

// WindowsWMI is where the WMI service keeps its objects.
const WindowsWMI = `C:\Windows\System32\wbem\Repository\`

// WindowsPrefetch is where Windows notes what programs were started.
const WindowsPrefetch = `C:\Windows\Prefetch\`

// WindowsPipes is the folder of all named pipes.
const WindowsPipes = `\\.\pipe\`

// WMIObject is a filter, a consumer or a binding: a text file here, which no
// service reads.
type WMIObject struct {
	Kind string            `json:"kind"`
	Data map[string]string `json:"data"`
}

// Encode is the content of the object's file.
func (o WMIObject) Encode() []byte {
	text, err := json.Marshal(o)
	if err != nil {
		panic("effect: texts by name are no JSON: " + err.Error()) // nothing but a mistake of ours makes them so
	}
	return append([]byte(Marker+"\n"), text...)
}

// File is where the object is kept.
func (o WMIObject) File() string {
	sum := fnv.New64a()
	_, _ = sum.Write(o.Encode()) // a hash refuses nothing
	return fmt.Sprintf(`%s%s-%016x`, WindowsWMI, o.Kind, sum.Sum64())
}

// DecodeWMI reads what Encode wrote; ok is false for other content.
func DecodeWMI(content []byte) (o WMIObject, ok bool) {
	text, ok := strings.CutPrefix(string(content), Marker+"\n")
	return o, ok && json.Unmarshal([]byte(text), &o) == nil
}
