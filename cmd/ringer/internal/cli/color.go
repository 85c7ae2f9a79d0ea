package cli

import (
	"fmt"
	"slices"
	"strings"
)

// colorWhen is when colours are used: auto, which "" is too, always or never.
type colorWhen string

const (
	colorAuto   colorWhen = "auto"
	colorAlways colorWhen = "always"
	colorNever  colorWhen = "never"
)

var colorWhens = []string{string(colorAuto), string(colorAlways), string(colorNever)}

// Set reads what --color is given. It fails if that is none of the three.
func (w *colorWhen) Set(given string) error {
	if !slices.Contains(colorWhens, given) {
		return fmt.Errorf("expected %s", strings.Join(colorWhens, ", "))
	}
	*w = colorWhen(given)
	return nil
}

// String is the value, in the help the default.
func (w *colorWhen) String() string { return string(*w) }

// Type is shown in the help as the flag's value.
func (*colorWhen) Type() string { return "WHEN" }

// color reports whether a stream of that width has colours. A flag comes before the
// environment, and NO_COLOR before FORCE_COLOR; without any of them a terminal has.
func (c *command) color(width int) bool {
	switch {
	case c.colors == colorAlways:
		return true
	case c.colors == colorNever, c.Env("NO_COLOR") != "":
		return false
	case c.Env("FORCE_COLOR") != "":
		return c.Env("FORCE_COLOR") != "0"
	}
	return c.canRewrite(width)
}
