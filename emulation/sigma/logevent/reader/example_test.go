package reader_test

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// A Windows event gets the field names that rules use, and its log sources.
func ExampleAll() {
	events, _ := reader.All([]byte(`{"Event": {
		"System": {"Channel": "Security", "EventID": 4688},
		"EventData": {"NewProcessName": "C:\\Windows\\System32\\cmd.exe"}}}`))
	fmt.Println(events[0].Fields["Image"])
	fmt.Println(events[0].LogSources[0])
	// Output:
	// C:\Windows\System32\cmd.exe
	// windows/process_creation/security
}
