package exercise

import (
	"context"
	"fmt"
)

// Judges judge what teams built. A judge that an exercise does not need may be nil.
type Judges struct {
	Rules    RuleJudge
	Profiles ProfileJudge
}

// Unjudged returns the first entry of each rule and of each set of purchases that waits
// for its verdict, in order.
func (s *State) Unjudged() []Entry {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []Entry
	seen := map[string]bool{}
	for _, t := range s.teamsInOrder() {
		for _, e := range t.entries {
			digest, judged := "", false
			switch e.Kind {
			case RuleIn:
				digest = RuleDigest(e.Rule.Text)
				_, judged = s.rules[digest]
			case Bought:
				digest = PurchaseDigest(e.Purchases)
				_, judged = s.bought[digest]
			default:
				continue
			}
			if !judged && !seen[digest] {
				seen[digest] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// Judge judges what an entry handed in, and returns the entry that says so, which is to
// be appended. Its key is the digest, so that it is appended once, whoever judges it. It
// fails if the judge does, or if there is no judge for it.
func (j Judges) Judge(ctx context.Context, e Entry) (Entry, error) {
	switch {
	case e.Kind == RuleIn && j.Rules != nil:
		verdict, err := j.Rules.JudgeRule(ctx, e.Rule.Text)
		if err != nil {
			return Entry{}, fmt.Errorf("judge a rule: %w", err)
		}
		verdict.Digest = RuleDigest(e.Rule.Text)
		return Entry{Kind: JudgedRule, Key: "judged/" + verdict.Digest, RuleVerdict: &verdict}, nil
	case e.Kind == Bought && j.Profiles != nil:
		verdict, err := j.Profiles.JudgeProfile(ctx, distinct(e.Purchases))
		if err != nil {
			return Entry{}, fmt.Errorf("judge purchases: %w", err)
		}
		verdict.Digest = PurchaseDigest(e.Purchases)
		return Entry{Kind: JudgedProfile, Key: "bought/" + verdict.Digest, ProfileVerdict: &verdict}, nil
	}
	return Entry{}, fmt.Errorf("there is no judge for what entry %d handed in", e.Number)
}
