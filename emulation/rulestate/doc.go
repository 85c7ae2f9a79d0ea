// Package rulestate owns what recorded runs show of each rule: the steps it fires on,
// the ordinary days it alarms on, what it was asked of and how near it came, and, of a
// rule that was never asked, why. It knows recorded runs, the rule engine and which log
// sources hosts have; it performs nothing, judges no expectation, and knows no lab and
// no terminal. Start at [New] and [Recording.Judge].
package rulestate
