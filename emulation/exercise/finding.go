package exercise

import "time"

// Finding is what a trainee says happened. All of it is a stranger's text.
type Finding struct {
	// Technique is an ATT&CK id of either version.
	Technique string `json:"technique,omitempty"`
	Host      string `json:"host,omitempty"`
	// Actor is the name of an actor as the page offers it; empty makes no claim.
	Actor string `json:"actor,omitempty"`
	// Time is the virtual time at which it happened.
	Time time.Time `json:"time,omitzero"`
	// Events are the ids, as trainees are shown them, of the events that show it.
	Events []string `json:"events"`
	Note   string   `json:"note,omitempty"`
}

// Rule is a Sigma rule that a team hands in.
type Rule struct {
	Text string `json:"text"`
}
