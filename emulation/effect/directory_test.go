package effect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
)

func TestADirectoryChangeIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	made := effect.DirectoryChange{What: "user_created", Data: map[string]string{"TargetUserName": "a\nb <x>"}}
	content := "# a line that is none\n" + string(made.Line()) + `{"what":"nothing there is"}` + "\n{\n"
	assert.Equal(t, []effect.DirectoryChange{made}, effect.ReadDirectoryChanges(content))
}
