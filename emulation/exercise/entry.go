package exercise

import "time"

// Kind is what an entry says.
type Kind string

// The kinds of entries. Each says which fields of the entry it has besides Number, At,
// Virtual and Key.
const (
	Opened   Kind = "opened"   // Opening: the first entry
	Team     Kind = "team"     // Team is the new team's id, Name its name
	Member   Kind = "member"   // Team, Member, Name
	Token    Kind = "token"    // Token: a one-time link was made
	Redeemed Kind = "redeemed" // Token: a one-time link was used; its session has that hash
	Revoked  Kind = "revoked"  // Token: a link or session is worth nothing any more

	Saved    Kind = "saved"     // Team, Member, Finding: a draft, which does not count
	HandedIn Kind = "handed_in" // Team, Member, Finding
	TookHint Kind = "hint"      // Team, Member, Objective, Hint
	RuleIn   Kind = "rule"      // Team, Member, Rule
	Bought   Kind = "profile"   // Team, Member, Purchases: all that the team wants to have
	// JudgedRule and JudgedProfile say what came of a rule or of purchases, by their
	// digest, for every team that handed them in.
	JudgedRule    Kind = "judged_rule"    // RuleVerdict
	JudgedProfile Kind = "judged_profile" // ProfileVerdict

	Note     Kind = "note"     // Text: the instructor tells all
	Injected Kind = "inject"   // Step: the instructor has a step performed now
	Happened Kind = "happened" // Step: a step was performed, live

	Start   Kind = "start"   // To: the virtual time at which the clock begins to run
	SetPace Kind = "pace"    // Pace
	Pause   Kind = "pause"   //
	Resume  Kind = "resume"  //
	Step    Kind = "step"    // To: the next moment, to which the paused clock goes on
	Jump    Kind = "jump"    // To: a later virtual time
	Restart Kind = "restart" // the server was away: that time does not count
	End     Kind = "end"     //

	// Freeze and Thaw say what trainees see of the board: as it was then, or as it is. They
	// change no score.
	Freeze Kind = "freeze"
	Thaw   Kind = "thaw"
)

// Entry is one line of the append-only log of an exercise.
type Entry struct {
	// Number is 1, 2, 3 and so on within an exercise, without a gap. The log sets it.
	Number int64 `json:"number"`
	// At is the server's wall clock, Virtual the time in the exercise then.
	At      time.Time `json:"at"`
	Virtual time.Time `json:"virtual,omitzero"`
	// Key tells an entry from a second try to append it: of entries with one key there
	// is the first only. Keys that clients make must be scoped, see [ScopedKey].
	Key  string `json:"key"`
	Kind Kind   `json:"kind"`
	// Team and Member are ids; empty for the instructor.
	Team   string `json:"team,omitempty"`
	Member string `json:"member,omitempty"`
	Name   string `json:"name,omitempty"`

	Opening        *Opening        `json:"opening,omitempty"`
	Token          *TokenHash      `json:"token,omitempty"`
	Finding        *Finding        `json:"finding,omitempty"`
	Rule           *Rule           `json:"rule,omitempty"`
	Purchases      []string        `json:"purchases,omitempty"`
	RuleVerdict    *RuleVerdict    `json:"rule_verdict,omitempty"`
	ProfileVerdict *ProfileVerdict `json:"profile_verdict,omitempty"`
	Objective      string          `json:"objective,omitempty"`
	Hint           string          `json:"hint,omitempty"`
	Step           string          `json:"step,omitempty"`
	Text           string          `json:"text,omitempty"`
	Pace           float64         `json:"pace,omitempty"`
	To             time.Time       `json:"to,omitzero"`
}

// UTC returns the entry with all its times in UTC and without a reading of the monotonic
// clock, as it is read from a log again.
func (e Entry) UTC() Entry {
	e.At, e.Virtual, e.To = e.At.Round(0).UTC(), e.Virtual.Round(0).UTC(), e.To.Round(0).UTC()
	if e.Finding != nil {
		f := *e.Finding
		f.Time = f.Time.Round(0).UTC()
		e.Finding = &f
	}
	if e.Token != nil {
		token := *e.Token
		token.Expires = token.Expires.Round(0).UTC()
		e.Token = &token
	}
	return e
}

// Opening is what an exercise was opened with, so that a server can go on with it.
type Opening struct {
	Definition Definition `json:"definition"`
	// Recording is the file that is replayed, or the folder of the run that is performed
	// live.
	Recording string `json:"recording,omitempty"`
	// Variants is the recording of the scenario's variants that rules are judged over
	// besides; empty if there is none.
	Variants string `json:"variants,omitempty"`
	// Start is the virtual time of the scenario's start where it is performed live, with
	// its steps at the times that trainees see; zero otherwise.
	Start time.Time `json:"start,omitzero"`
	// Seed decides the stream that trainees are shown: which ordinary days, and by which
	// ids events are called. It is never shown.
	Seed string `json:"seed,omitempty"`
}

// TokenHash is a one-time link or a session, of which only the hash is kept.
type TokenHash struct {
	Hash string `json:"hash"`
	// Role is "instructor" or "trainee".
	Role string `json:"role"`
	// From is the hash of the link that a session was made of.
	From    string    `json:"from,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// ScopedKey is the key of an entry for which a client made one: no member can make a
// key that another's entry has.
func ScopedKey(team, member, client string) string { return team + "/" + member + "/" + client }
