//go:build linux && amd64

package sensor_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

func put(name, content string) { must(os.WriteFile(name, []byte(content), 0o644)) }

func get(name string) string {
	content, err := os.ReadFile(name)
	must(err)
	return string(content)
}

func add(name, content string) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	must(err)
	_, err = file.WriteString(content)
	must(err)
	must(file.Close())
}

var writings = []struct {
	name string
	do   func()
	want []event.Observation
}{
	{
		name: "a file's content is reported when its writer ends",
		do:   func() { put("kept", "one") },
		want: []event.Observation{seeMode(event.Create, "kept", 0o644), fileDigest("kept", "one")},
	},
	{
		name: "a file nobody asked for is not captured",
		do:   func() { put("other", "one") },
		want: []event.Observation{seeMode(event.Create, "other", 0o644)},
	},
	{
		name: "before it is replaced",
		do:   func() { put("kept", "one"); put("kept", "two") },
		want: []event.Observation{
			seeMode(event.Create, "kept", 0o644), fileDigest("kept", "one"), see(event.Truncate, "kept"), fileDigest("kept", "two"),
		},
	},
	{
		name: "before it is opened again",
		do:   func() { put("kept", "one"); add("kept", ", two") },
		want: []event.Observation{
			seeMode(event.Create, "kept", 0o644), fileDigest("kept", "one"), see(event.Write, "kept"), fileDigest("kept", "one, two"),
		},
	},
	{
		name: "before it is truncated",
		do:   func() { put("kept", "one"); must(os.Truncate("kept", 0)) },
		want: []event.Observation{
			seeMode(event.Create, "kept", 0o644), fileDigest("kept", "one"), see(event.Truncate, "kept"), fileDigest("kept", ""),
		},
	},
	{
		name: "before it is deleted",
		do:   func() { put("kept", "one"); must(os.Remove("kept")) },
		want: []event.Observation{seeMode(event.Create, "kept", 0o644), fileDigest("kept", "one"), see(event.Unlink, "kept")},
	},
	{
		name: "before it is renamed away",
		do:   func() { put("kept", "one"); must(os.Rename("kept", "other")) },
		want: []event.Observation{seeMode(event.Create, "kept", 0o644), fileDigest("kept", "one"), seeTo(event.Rename, "kept", "other")},
	},
	{
		name: "under the name it was given at last",
		do:   func() { put("temporary", "one"); must(os.Rename("temporary", "kept")) },
		want: []event.Observation{seeMode(event.Create, "temporary", 0o644), seeTo(event.Rename, "temporary", "kept"), fileDigest("kept", "one")},
	},
	{
		name: "wherever the folder it lies in went",
		do: func() {
			must(os.Mkdir("folder", 0o755))
			put("folder/kept", "one")
			must(os.Rename("folder", "moved"))
		},
		want: []event.Observation{
			seeMode(event.Mkdir, "folder", 0o755), seeMode(event.Create, "folder/kept", 0o644),
			seeTo(event.Rename, "folder", "moved"), fileDigest("moved/kept", "one"),
		},
	},
	{
		name: "after a deletion that failed",
		do: func() {
			put("kept", "one")
			refusedTable(os.Remove("kept/none"))
			refusedTable(os.Mkdir("kept", 0o755))
		},
		want: []event.Observation{seeMode(event.Create, "kept", 0o644), fileDigest("kept", "one")},
	},
	{
		name: "up to 64 KiB",
		do:   func() { put("kept", strings.Repeat("x", 70<<10)) },
		want: []event.Observation{seeMode(event.Create, "kept", 0o644), fileDigest("kept", strings.Repeat("x", 64<<10))},
	},
}

func fileDigest(path, content string) event.Observation {
	return event.Observation{Kind: event.Content, Path: path, Content: []byte(content)}
}

// writeProgram writes as one case has it.
func writeProgram(args []string) {
	for _, test := range writings {
		if test.name == args[0] {
			test.do()
			return
		}
	}
	os.Exit(98)
}

func TestCapturedContentIsReportedOnceItStands(t *testing.T) {
	t.Parallel()
	for _, test := range writings {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			s := &sensor.Sensor{Capture: func(path string) bool { return strings.HasSuffix(path, "/kept") }}
			all := scratchOffset(dir, trace(t, s, pendingExec(t, dir, "write", test.name)))
			got := plain(all)
			for i, o := range all {
				got[i].Content = o.Content
			}
			assert.Equal(t, test.want, got)
		})
	}
}
