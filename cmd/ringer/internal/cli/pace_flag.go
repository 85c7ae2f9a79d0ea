package cli

import (
	"fmt"
	"strconv"
	"strings"

	training "github.com/ringer-lab/ringer/emulation/exercise"
)

// paceFlag is how much faster than a clock virtual time passes, as people write it; 0 is
// that none was given.
type paceFlag float64

// Set fails where the pace is not one that an exercise can have.
func (p *paceFlag) Set(given string) error {
	pace, err := strconv.ParseFloat(strings.TrimSuffix(given, "x"), 64)
	if err != nil || !training.ValidPace(pace) {
		return fmt.Errorf("expected a number from %v to %v, such as 60x", training.MinPace, training.MaxPace)
	}
	*p = paceFlag(pace)
	return nil
}

// String is the pace as it is given; empty where none is.
func (p *paceFlag) String() string {
	if *p == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(*p), 'f', -1, 64) + "x"
}

// Type is shown in the help as the flag's value.
func (p *paceFlag) Type() string { return "PACE" }
