package exercise

import (
	"fmt"
	"strconv"
	"strings"
)

// All that people read of a score is in this file. It must not tell a trainee what a
// right answer is.

const (
	wordTechnique = "technique"
	wordHost      = "host"
	wordTime      = "time"

	whyLate           = "handed in after the end: it does not count"
	whyUnknownEvents  = "none of its events exists: 0 points"
	whyUnasked        = "it happened, and no objective asks for it: 0 points"
	whyWaits          = "it is being judged"
	whyDetectsNothing = "it detects nothing that an objective asks for: 0 points"
)

// whatOf says in a few words what was handed in.
func whatOf(e Entry) string {
	switch e.Kind {
	case HandedIn:
		f := e.Finding
		var about []string
		for _, text := range []string{f.Technique, f.Host, f.Actor} {
			if text != "" {
				about = append(about, text)
			}
		}
		return fmt.Sprintf("finding %d: %s, %s", e.Number, orElse(strings.Join(about, ", "), "nothing named"), count(len(distinct(f.Events)), "event"))
	case TookHint:
		return "hint " + e.Hint
	case RuleIn:
		return fmt.Sprintf("rule %d", e.Number)
	case Bought:
		return "telemetry: " + orElse(strings.Join(distinct(e.Purchases), ", "), "nothing")
	}
	return string(e.Kind)
}

func whyAccused(j joined, cost int) string {
	return fmt.Sprintf("false accusation: %d of %s from ordinary days: %s", j.days, count(j.known, "event"), signed(cost))
}

func whyAttributed(points int) string {
	return fmt.Sprintf("the right actor for what its events show: %s", signed(points))
}

func whyWrongActor(cost int) string {
	return fmt.Sprintf("not the actor of what its events show: %s", signed(cost))
}

func whyHint(o Objective, h Hint) string {
	return fmt.Sprintf("hint for %s, charged once: %s", quoteTitle(o), signed(-h.Cost))
}

func whyNoTry(tries int) string {
	return fmt.Sprintf("all %s of this objective were used before: it does not count", count(tries, "try"))
}

func whyBetter(entry int64) string {
	return fmt.Sprintf("; entry %d is worth as much or more and counts instead", entry)
}

func whyAlarms(alarms, cost int) string {
	return fmt.Sprintf("%s on ordinary days, charged once for a rule: %s", count(alarms, "alarm"), signed(cost))
}

func whyNotARule(problem string) string { return "it cannot be used as a rule: " + problem }

func whyTooDear(cost, budget int, unknown string) string {
	if unknown != "" {
		return fmt.Sprintf("%q is not for sale: nothing was bought", unknown)
	}
	return fmt.Sprintf("it costs %d, and the budget is %d: nothing was bought", cost, budget)
}

func evidenceWord(given, needed int) string {
	return fmt.Sprintf("evidence (%d of %s)", given, count(needed, "event"))
}

func variantsWord(detected, variants int) string {
	return fmt.Sprintf("detection (%d of %s)", detected, count(variants, "variant"))
}

func silenceWord(alarms int) string {
	return fmt.Sprintf("silence (%s on ordinary days)", count(alarms, "alarm"))
}

func sightWord(detected, expected int) string {
	return fmt.Sprintf("detection (%d of %s)", detected, count(expected, "expected alert"))
}

// whyParts writes the formula of an answer with its numbers, such as
// "technique 0.25 × 1 + host 0.25 × 0 = 0.25; 0.25 × 30 points = 8".
func whyParts(points int, parts []part, worth int) string {
	var terms []string
	sum := 0.0
	for _, p := range parts {
		if p.share > 0 {
			terms = append(terms, fmt.Sprintf("%s %s × %s", p.name, number(p.share), number(p.right)))
			sum += p.share * p.right
		}
	}
	return fmt.Sprintf("%s = %s; %s × %s = %d", strings.Join(terms, " + "), number(sum), number(sum), count(points, "point"), worth)
}

func quoteTitle(o Objective) string { return strconv.Quote(orElse(o.Title, o.Name)) }

// number writes a number with at most three places.
func number(n float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(n, 'f', 3, 64), "0"), ".")
}

// signed writes points with their sign.
func signed(points int) string {
	if points == 0 {
		return "0 points"
	}
	return fmt.Sprintf("%+d %s", points, strings.TrimLeft(count(points, "point"), "-0123456789 "))
}

// count writes a number with the noun that it counts.
func count(n int, noun string) string {
	switch {
	case n == 1 || n == -1:
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ies"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
