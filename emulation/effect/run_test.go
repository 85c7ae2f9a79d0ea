package effect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
)

func TestAProgramIsBroughtByWhatOthersDoForIt(t *testing.T) {
	t.Parallel()
	const image = `C:\x\tool.exe`
	write := effect.Write{Path: `C:\X\Tool.exe`}
	for _, test := range []struct {
		name string
		plan effect.StepPlan
		want bool
	}{
		{"nobody", effect.StepPlan{Processes: []effect.Process{{Image: image}}}, false},
		{"the host", effect.StepPlan{Preconditions: []effect.Precondition{{Path: image}}, Processes: []effect.Process{{Image: image}}}, true},
		{"another process", effect.StepPlan{Processes: []effect.Process{{Image: `C:\a.exe`, Acts: []effect.Act{write, effect.Run{Process: effect.Process{Image: image}}}}}}, true},
		{"itself only", effect.StepPlan{Processes: []effect.Process{{Image: image, Acts: []effect.Act{write}}}}, false},
		{"itself, below another", effect.StepPlan{Processes: []effect.Process{{Image: `C:\a.exe`, Acts: []effect.Act{effect.Run{Process: effect.Process{Image: image, Acts: []effect.Act{write}}}}}}}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, test.plan.DropsProgram(image))
		})
	}
}
