package report

import (
	_ "embed"
	"io"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// HistorySchema is the JSON Schema (2020-12) of what HistoryJSON and RuleHistoryJSON
// write.
//
//go:embed history_schema.json
var HistorySchema []byte

// The formats of the two documents.
const (
	historyFormat     = "ringer.history/1"
	ruleHistoryFormat = "ringer.history.rule/1"
)

type historyDocument struct {
	Format string `json:"format"`
	// Runs are the newest first.
	Runs  []historyRun   `json:"runs"`
	Trend *trendDocument `json:"trend,omitempty"`
}

type historyRun struct {
	history.Entry
	Seconds float64 `json:"seconds"`
}

type trendDocument struct {
	Lab       string `json:"lab"`
	Scenarios int    `json:"scenarios"`
	// Runs are the oldest first.
	Runs  []historyRun    `json:"runs"`
	Flaky []flakeDocument `json:"flaky"`
}

type flakeDocument struct {
	history.Flake
	Rate float64 `json:"rate"`
}

type ruleHistoryDocument struct {
	Format string `json:"format"`
	Rule   string `json:"rule"`
	Title  string `json:"title"`
	// Runs are the oldest first.
	Runs     []historyRun           `json:"runs"`
	Places   []rulePlaceDocument    `json:"places"`
	Alarms   []ruleAlarmDocument    `json:"alarms"`
	Mutation []ruleMutationDocument `json:"mutation"`
}

type rulePlaceDocument struct {
	history.Place
	history.Expectation
	// Verdicts are by the run's id.
	Verdicts     map[string]verdict.Verdict `json:"verdicts"`
	TimeToDetect history.Quantiles          `json:"time_to_detect"`
	FlakeRate    float64                    `json:"flake_rate"`
}

type ruleAlarmDocument struct {
	history.Place
	Level string `json:"level,omitempty"`
	Runs  int    `json:"runs"`
}

type ruleMutationDocument struct {
	Run      string    `json:"run"`
	Started  time.Time `json:"started"`
	Killed   int       `json:"killed"`
	Survived int       `json:"survived"`
}

// HistoryJSON writes the newest runs of a history as one document. It fails if w does.
func HistoryJSON(w io.Writer, of history.Overview) error {
	out := historyDocument{Format: historyFormat, Runs: historyRuns(of.Runs)}
	if of.Trend != nil {
		newest := of.Trend.Newest()
		out.Trend = &trendDocument{Lab: newest.Lab, Scenarios: newest.Scenarios, Runs: historyRuns(of.Trend.Runs), Flaky: []flakeDocument{}}
		for _, f := range of.Trend.Flaky {
			out.Trend.Flaky = append(out.Trend.Flaky, flakeDocument{f, max(0, share(f.Differing, f.Judged))})
		}
	}
	return writeDocument(w, out)
}

// RuleHistoryJSON writes what became of a rule as one document. It fails if w does.
func RuleHistoryJSON(w io.Writer, of history.RuleHistory) error {
	out := ruleHistoryDocument{
		Format: ruleHistoryFormat, Rule: of.ID, Title: of.Title, Runs: historyRuns(of.Runs),
		Places: []rulePlaceDocument{}, Alarms: []ruleAlarmDocument{}, Mutation: []ruleMutationDocument{},
	}
	for _, place := range of.Places {
		shown := rulePlaceDocument{place.Place, place.Expectation, map[string]verdict.Verdict{}, history.QuantilesOf(slices.Clone(place.After)), max(0, share(place.Differing, place.Judged))}
		for i, v := range place.Verdicts {
			shown.Verdicts[of.Runs[i].ID] = v
		}
		out.Places = append(out.Places, shown)
	}
	for _, day := range of.Alarms {
		out.Alarms = append(out.Alarms, ruleAlarmDocument(day))
	}
	for _, m := range of.Mutation {
		out.Mutation = append(out.Mutation, ruleMutationDocument(m))
	}
	return writeDocument(w, out)
}

func historyRuns(all []history.Entry) []historyRun {
	out := make([]historyRun, len(all))
	for i, e := range all {
		out[i] = historyRun{e, e.Took.Seconds()}
	}
	return out
}
