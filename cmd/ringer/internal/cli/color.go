package cli

// The words of --color; "" is auto too.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

// color reports whether a stream of that width has colours. A flag comes before the
// environment, and NO_COLOR before FORCE_COLOR; without any of them a terminal has.
func (c *command) color(width int) bool {
	switch force := c.Env("FORCE_COLOR"); {
	case c.colors == colorAlways:
		return true
	case c.colors == colorNever, c.Env("NO_COLOR") != "":
		return false
	case force != "":
		return force != "0" && force != "false"
	}
	return c.canRewrite(width)
}
