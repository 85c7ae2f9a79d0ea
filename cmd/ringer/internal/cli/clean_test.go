package cli

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/lab/docker"
)

func TestCleanTellsOfRunsUnderWay(t *testing.T) {
	t.Parallel()
	gone := []docker.Removed{{Kind: "container", Name: "mail"}}
	for _, test := range []struct {
		name         string
		cleaned      docker.Cleaned
		force, whole bool
		want         string
	}{
		{"nothing was there", docker.Cleaned{ImagesRemoved: true}, false, true, "nothing to remove\n"},
		{"it is not known whether there was", docker.Cleaned{}, false, false, ""},
		{"dead runs alone", docker.Cleaned{Removed: gone, ImagesRemoved: true}, false, true, ""},
		{"what is somebody else's", docker.Cleaned{Kept: []docker.Kept{{Removed: gone[0], Reason: "not ours"}}, ImagesRemoved: true}, false, true,
			"kept: container mail: not ours\nnothing to remove\n"},
		{"one goes on", docker.Cleaned{ActiveRuns: 1}, false, true, "kept: 1 run still active, and the images (--force ends the runs)\n"},
		{"two were ended", docker.Cleaned{Removed: gone, ActiveRuns: 2, ImagesRemoved: true}, true, true, "ended 2 runs\n"},
		{"one has nothing that could be ended", docker.Cleaned{ActiveRuns: 1}, true, true,
			"kept: the images, which an active run without a container may need: run `ringer clean` again after it\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			(&command{State: &State{Stdout: &out}}).writeCleaned(test.cleaned, test.force, test.whole)
			assert.Equal(t, test.want, out.String())
		})
	}
}
