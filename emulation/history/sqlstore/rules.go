package sqlstore

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// RulesNamed returns the rules of a name, and fails, as [history.Store] says.
func (s *Store) RulesNamed(ctx context.Context, name string) (all []history.RuleName, err error) {
	begins := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(name) + "%"
	err = s.query(ctx, `SELECT id, title FROM rules WHERE id LIKE ? ESCAPE '\' OR LOWER(title) = LOWER(?) ORDER BY id LIMIT 20`, []any{begins, name}, func(row *sql.Rows) error {
		var found history.RuleName
		err := row.Scan(&found.ID, &found.Title)
		all = append(all, found)
		return err
	})
	if i := slices.IndexFunc(all, func(r history.RuleName) bool { return r.ID == name }); i >= 0 {
		return all[i : i+1], err
	}
	return all, err
}

// Rule returns what became of a rule, and fails, as [history.Store] says.
func (s *Store) Rule(ctx context.Context, id string, last int) (history.RuleHistory, error) {
	r := ruleReader{Store: s, out: history.RuleHistory{RuleName: history.RuleName{ID: id}}, index: map[int64]int{}}
	if err := s.query(ctx, "SELECT no, title FROM rules WHERE id = ?", []any{id}, func(row *sql.Rows) error { return row.Scan(&r.rule, &r.out.Title) }); err != nil {
		return r.out, err
	}
	if err := r.readRuns(ctx, last); err != nil || len(r.numbers) == 0 {
		return r.out, err
	}
	if err := r.readVerdicts(ctx); err != nil {
		return r.out, err
	}
	if err := r.readAlarms(ctx); err != nil {
		return r.out, err
	}
	return r.out, r.readMutation(ctx)
}

// ruleReader reads the history of one rule.
type ruleReader struct {
	*Store
	rule    int64
	numbers []int64
	index   map[int64]int // of runs in out.Runs, by number
	out     history.RuleHistory
}

// readRuns reads the newest runs that are about the rule. They are looked for from the
// rule's side, newest first in each table: a store may have many runs of other rules.
func (r *ruleReader) readRuns(ctx context.Context, last int) error {
	var expectations []int64
	err := r.query(ctx, "SELECT no FROM expectations WHERE rule = ?", []any{r.rule}, func(row *sql.Rows) error {
		var no int64
		err := row.Scan(&no)
		expectations = append(expectations, no)
		return err
	})
	if err != nil {
		return err
	}
	candidates := map[int64]bool{}
	newest := func(text string, key int64) error {
		return r.query(ctx, text, []any{key, last}, func(row *sql.Rows) error {
			var no int64
			err := row.Scan(&no)
			candidates[no] = true
			return err
		})
	}
	for _, no := range expectations {
		if err := newest("SELECT run FROM verdicts WHERE expectation = ? ORDER BY run DESC LIMIT ?", no); err != nil {
			return err
		}
	}
	for _, table := range []string{"alarms", "mutations"} {
		if err := newest("SELECT DISTINCT run FROM "+table+" WHERE rule = ? ORDER BY run DESC LIMIT ?", r.rule); err != nil {
			return err
		}
	}
	type found struct {
		no int64
		history.Entry
	}
	var all []found
	for some := range slices.Chunk(slices.Collect(maps.Keys(candidates)), mostMarks) {
		err := r.query(ctx, "SELECT "+entryColumns+" FROM runs r WHERE r.no IN ("+marks(len(some))+")", anyOf(some), func(row *sql.Rows) error {
			no, e, err := scanEntry(row)
			all = append(all, found{no, e})
			return err
		})
		if err != nil {
			return err
		}
	}
	slices.SortFunc(all, func(a, b found) int {
		if by := a.Started.Compare(b.Started); by != 0 {
			return by
		}
		return int(a.no - b.no)
	})
	for _, f := range all[max(0, len(all)-last):] {
		r.index[f.no] = len(r.numbers)
		r.numbers, r.out.Runs = append(r.numbers, f.no), append(r.out.Runs, f.Entry)
	}
	return nil
}

func (r *ruleReader) readVerdicts(ctx context.Context) error {
	type key struct {
		history.Place
		history.Expectation
	}
	places := map[key]*history.RulePlace{}
	var order []key
	samples := map[key][]history.Sample{}
	err := r.query(ctx, `SELECT v.run, v.verdict, v.after, e.detector, e.shape, e.want, p.scenario, p.step, p.baseline, c.performance, c.reused
		FROM expectations e JOIN places p ON p.no = e.place JOIN verdicts v ON v.expectation = e.no
		JOIN scenarios c ON c.run = v.run AND c.name = p.scenario
		WHERE e.rule = ? AND v.run IN (`+marks(len(r.numbers))+`) ORDER BY p.scenario, p.baseline DESC, p.no, e.no`, slices.Concat([]any{r.rule}, anyOf(r.numbers)), func(row *sql.Rows) error {
		var run, after int64
		var was, reused string
		at := key{Expectation: history.Expectation{Rule: r.out.ID}}
		of := history.Sample{}
		err := row.Scan(&run, &was, &after, &at.Detector, &at.Shape, &at.Want, &at.Scenario, &at.Step, &at.Baseline, &of.Performance, &reused)
		if err != nil {
			return err
		}
		if places[at] == nil {
			places[at] = &history.RulePlace{Place: at.Place, Expectation: at.Expectation, Verdicts: map[int]verdict.Verdict{}}
			order = append(order, at)
		}
		if of.Verdict, err = verdictNamed(was); err != nil {
			return err
		}
		places[at].Verdicts[r.index[run]] = of.Verdict
		if after >= 0 && reused == "" {
			places[at].After = append(places[at].After, duration(after))
		}
		if reused == "" {
			of.Place, of.Expectation, of.Rules = at.Place, at.Expectation, r.out.Runs[r.index[run]].Rules
			samples[at] = append(samples[at], of)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, at := range order {
		for _, flake := range history.FlakesOf(samples[at]) { // at most one
			places[at].Judged, places[at].Differing = flake.Judged, flake.Differing
		}
		r.out.Places = append(r.out.Places, *places[at])
	}
	return nil
}

func (r *ruleReader) readAlarms(ctx context.Context) error {
	return r.query(ctx, `SELECT p.scenario, p.step, MAX(a.level), COUNT(*) FROM alarms a JOIN places p ON p.no = a.place
		WHERE a.rule = ? AND a.run IN (`+marks(len(r.numbers))+`) GROUP BY p.scenario, p.step ORDER BY COUNT(*) DESC, p.scenario, p.step`, slices.Concat([]any{r.rule}, anyOf(r.numbers)), func(row *sql.Rows) error {
		day := history.RuleAlarm{Place: history.Place{Baseline: true}}
		err := row.Scan(&day.Scenario, &day.Step, &day.Level, &day.Runs)
		r.out.Alarms = append(r.out.Alarms, day)
		return err
	})
}

func (r *ruleReader) readMutation(ctx context.Context) error {
	return r.query(ctx, `SELECT r.id, r.started, m.killed, m.survived FROM mutations m JOIN runs r ON r.no = m.run
		WHERE m.rule = ? AND m.run IN (`+marks(len(r.numbers))+`) ORDER BY r.started, r.no`, slices.Concat([]any{r.rule}, anyOf(r.numbers)), func(row *sql.Rows) error {
		var m history.RuleMutation
		var started int64
		err := row.Scan(&m.Run, &started, &m.Killed, &m.Survived)
		m.Started = time.UnixMicro(started).UTC()
		r.out.Mutation = append(r.out.Mutation, m)
		return err
	})
}
