package exercise

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Check returns an error that says what is wrong with an entry: it lacks what its kind
// needs, or a text in it is too long or has characters that are not allowed. Whether the
// team, the objective or an event exists is the state's to say, see [State.Accept].
func (e Entry) Check() error {
	err := errors.Join(e.checkTexts(), e.checkKind())
	if err != nil {
		return fmt.Errorf("entry %q: %w", e.Kind, err)
	}
	return nil
}

func (e Entry) checkTexts() error {
	var errs []error
	for _, text := range []struct {
		field, text string
		most        int
		lines       bool
	}{
		{"key", e.Key, 3*MaxID + 2, false}, {"team", e.Team, MaxID, false}, {"member", e.Member, MaxID, false},
		{"name", e.Name, MaxName, false}, {"objective", e.Objective, MaxID, false}, {"hint", e.Hint, MaxID, false},
		{"step", e.Step, MaxID, false}, {"text", e.Text, MaxNote, true},
	} {
		errs = append(errs, CheckText(text.field, text.text, text.most, text.lines))
	}
	if e.Key == "" {
		errs = append(errs, errors.New("key must not be empty"))
	}
	if len(e.Purchases) > MaxBought {
		errs = append(errs, fmt.Errorf("there are %d purchases; at most %d are allowed", len(e.Purchases), MaxBought))
	}
	for _, name := range e.Purchases[:min(len(e.Purchases), MaxBought)] {
		errs = append(errs, CheckText("purchase", name, MaxID, false))
	}
	if e.Finding != nil {
		errs = append(errs, e.Finding.Check())
	}
	if e.Rule != nil {
		errs = append(errs, CheckText("rule", e.Rule.Text, MaxRule, true))
	}
	if e.Token != nil {
		errs = append(errs, CheckText("hash", e.Token.Hash, MaxID, false), CheckText("role", e.Token.Role, MaxID, false), CheckText("from", e.Token.From, MaxID, false))
	}
	return errors.Join(errs...)
}

// Check returns an error that says what is wrong with the texts of a finding, or that it
// has too many events.
func (f Finding) Check() error {
	errs := []error{
		CheckText("technique", f.Technique, MaxID, false), CheckText("host", f.Host, MaxName, false),
		CheckText("actor", f.Actor, MaxName, false), CheckText("note", f.Note, MaxNote, true),
	}
	if len(f.Events) > MaxEvents {
		errs = append(errs, fmt.Errorf("there are %d events; at most %d are allowed", len(f.Events), MaxEvents))
	}
	for _, id := range f.Events[:min(len(f.Events), MaxEvents)] {
		errs = append(errs, CheckText("event", id, MaxID, false))
	}
	if year := f.Time.Year(); year < 0 || year > 9999 {
		errs = append(errs, fmt.Errorf("the year of time must be from 0 to 9999, and is %d", year))
	}
	return errors.Join(errs...)
}

// needs has, for each kind, the fields that it must have.
var needs = map[Kind][]string{
	Opened: {"opening"}, Team: {"team", "name"}, Member: {"team", "member", "name"},
	Token: {"token"}, Redeemed: {"token"}, Revoked: {"token"},
	Saved: {"team", "member", "finding"}, HandedIn: {"team", "member", "finding", "events"},
	TookHint: {"team", "member", "objective", "hint"}, RuleIn: {"team", "member", "rule"}, Bought: {"team", "member"},
	JudgedRule: {"rule verdict"}, JudgedProfile: {"profile verdict"},
	Note: {"text"}, Injected: {"step"}, Happened: {"step"},
	Start: {"to"}, SetPace: {"pace"}, Pause: nil, Resume: nil, Step: {"to"}, Jump: {"to"}, Restart: nil, End: nil, Freeze: nil, Thaw: nil,
}

func (e Entry) checkKind() error {
	fields, known := needs[e.Kind]
	if !known {
		return errors.New("there is no such kind")
	}
	has := map[string]bool{
		"opening": e.Opening != nil, "team": e.Team != "", "member": e.Member != "", "name": strings.TrimSpace(e.Name) != "",
		"token": e.Token != nil && e.Token.Hash != "", "finding": e.Finding != nil, "events": e.Finding != nil && len(e.Finding.Events) > 0,
		"objective": e.Objective != "", "hint": e.Hint != "", "rule": e.Rule != nil && strings.TrimSpace(e.Rule.Text) != "",
		"rule verdict": e.RuleVerdict != nil, "profile verdict": e.ProfileVerdict != nil,
		"text": strings.TrimSpace(e.Text) != "", "step": e.Step != "", "to": !e.To.IsZero(), "pace": ValidPace(e.Pace),
	}
	for _, field := range fields {
		if !has[field] {
			if field == "pace" {
				return fmt.Errorf("the pace must be from %v to %v, and is %v", MinPace, MaxPace, e.Pace)
			}
			return fmt.Errorf("%s must be given", field)
		}
	}
	return nil
}

// The bounds of the pace, in virtual seconds a second.
const (
	MinPace = 0.01
	MaxPace = 1_000_000
)

// ValidPace reports whether an exercise can have that pace.
func ValidPace(pace float64) bool { return !math.IsNaN(pace) && pace >= MinPace && pace <= MaxPace }
