package verdict

// Want is what an expectation asks for, as its scenario writes it.
type Want string

// The wants.
const (
	Fires    Want = "fires"     // the rule must alert
	Quiet    Want = "silent"    // the rule must not alert, though the effect is proven
	KnownGap Want = "known_gap" // it should alert but is known not to, until a date
	Blind    Want = "blind"     // nothing is expected to see this
)

// Wants returns all wants, in the words of the language.
func Wants() []Want { return []Want{Fires, Quiet, KnownGap, Blind} }
