package artifact

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"
)

// WMIRepository is where the WMI service keeps its objects.
const WMIRepository = System32 + `wbem\Repository\`

// WMIObject is a filter, a consumer or a binding of a permanent subscription: a text
// file here, which no service reads. Data are its properties, as Sysmon names them.
type WMIObject struct {
	Kind string            `json:"kind"`
	Data map[string]string `json:"data"`
}

// Encode returns the content of the object's file.
func (o WMIObject) Encode() []byte {
	text, err := json.Marshal(o)
	if err != nil {
		panic("artifact: texts by name cannot be encoded: " + err.Error()) // texts always can
	}
	return append([]byte(Marker+"\n"), text...)
}

// Path returns where the object is kept. It follows from the content, so that the
// same object lies in the same place.
func (o WMIObject) Path() string {
	sum := fnv.New64a()
	_, _ = sum.Write(o.Encode()) // a hash refuses nothing
	return fmt.Sprintf(`%s%s-%016x`, WMIRepository, o.Kind, sum.Sum64())
}

// DecodeWMIObject reads what [WMIObject.Encode] wrote. ok is false for other content.
func DecodeWMIObject(content []byte) (o WMIObject, ok bool) {
	text, ok := strings.CutPrefix(string(content), Marker+"\n")
	if !ok || json.Unmarshal([]byte(text), &o) != nil {
		return WMIObject{}, false
	}
	return o, true
}
