package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/history"
)

// Put keeps a run, and fails, as [history.Store] says.
func (s *Store) Put(ctx context.Context, run history.Run) error {
	err := s.inTransaction(ctx, func(w *writer) error {
		run := run
		if run.Mutation == nil {
			var err error
			if run.Mutation, err = w.mutationOf(ctx, run.ID); err != nil {
				return err
			}
		}
		if _, err := w.exec(ctx, "DELETE FROM runs WHERE id = ?", run.ID); err != nil {
			return err
		}
		no, err := w.putRun(ctx, run)
		if err != nil {
			return err
		}
		for _, scenario := range run.Scenarios {
			if err := w.putScenario(ctx, no, scenario); err != nil {
				return fmt.Errorf("scenario %s: %w", scenario.Name, err)
			}
		}
		return w.putMutation(ctx, no, run.Mutation)
	})
	if err != nil {
		return fmt.Errorf("put run %s into history: %w", run.ID, err)
	}
	return nil
}

// PutMutation adds mutants to a run, and fails, as [history.Store] says.
func (s *Store) PutMutation(ctx context.Context, run string, all []history.Mutation) (known bool, err error) {
	err = s.inTransaction(ctx, func(w *writer) error {
		c := history.Run{Mutation: all}.Counts()
		no, err := w.number(ctx, "UPDATE runs SET killed = ?, tested = ? WHERE id = ? RETURNING no", c.Killed, c.Tested, run)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		known = true
		if _, err := w.exec(ctx, "DELETE FROM mutations WHERE run = ?", no); err != nil {
			return err
		}
		return w.putMutation(ctx, no, all)
	})
	if err != nil {
		return false, fmt.Errorf("put mutants of run %s into history: %w", run, err)
	}
	return known, nil
}

func (w *writer) putRun(ctx context.Context, run history.Run) (int64, error) {
	c := run.Counts()
	return w.number(ctx, `INSERT INTO runs (id, started, version, lab, series, part, rules, path, digest, worst, took,
		scenarios, steps, expectations, detected, missed, blind, false_alarms, unjudged, techniques, seen, alarms, reused,
		detections, detect_p50, detect_p95, detect_p99, killed, tested) VALUES (`+marks(29)+`) RETURNING no`,
		run.ID, run.Started.UnixMicro(), run.Version, run.Lab, run.Series(), run.Part, run.Rules, run.Recording.Path, run.Recording.Digest, run.Worst.String(), micros(run.Took),
		c.Scenarios, c.Steps, c.Expectations, c.Detected, c.Missed, c.Blind, c.FalseAlarms, c.Unjudged, c.Techniques, c.Seen, c.Alarms, c.Reused,
		c.Detections.Of, micros(c.Detections.P50), micros(c.Detections.P95), micros(c.Detections.P99), c.Killed, c.Tested)
}

func (w *writer) putScenario(ctx context.Context, run int64, s history.Scenario) error {
	_, err := w.exec(ctx, "INSERT INTO scenarios (run, name, performance, reused, sound, took) VALUES (?, ?, ?, ?, ?, ?)",
		run, s.Name, string(s.Performance), s.Reused, number(s.Sound), micros(s.Took))
	if err != nil {
		return err
	}
	for _, step := range s.Steps {
		if err := w.putStep(ctx, run, s.Name, step); err != nil {
			return fmt.Errorf("step %s: %w", step.ID, err)
		}
	}
	return nil
}

func (w *writer) putStep(ctx context.Context, run int64, scenario string, step history.Step) error {
	place, err := w.find(ctx, "SELECT no FROM places WHERE scenario = ? AND step = ? AND baseline = ?",
		"INSERT INTO places (scenario, step, baseline) VALUES (?, ?, ?) RETURNING no", scenario, step.ID, number(step.Baseline))
	if err != nil {
		return err
	}
	if _, err := w.exec(ctx, "INSERT INTO steps (run, place, took) VALUES (?, ?, ?)", run, place, micros(step.Took)); err != nil {
		return err
	}
	for _, v := range step.Verdicts {
		rule, err := w.rule(ctx, v.Rule, v.Title)
		if err != nil {
			return err
		}
		expectation, err := w.find(ctx, "SELECT no FROM expectations WHERE rule = ? AND place = ? AND detector = ? AND shape = ? AND want = ?",
			"INSERT INTO expectations (rule, place, detector, shape, want) VALUES (?, ?, ?, ?, ?) RETURNING no", rule, place, v.Detector, string(v.Shape), string(v.Want))
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "INSERT INTO verdicts (run, expectation, verdict, after) VALUES (?, ?, ?, ?)", run, expectation, v.Verdict.String(), micros(v.After)); err != nil {
			return err
		}
	}
	for _, alarm := range step.Alarms {
		rule, err := w.rule(ctx, alarm.Rule, alarm.Title)
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "INSERT INTO alarms (run, place, rule, level) VALUES (?, ?, ?, ?)", run, place, rule, alarm.Level); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) putMutation(ctx context.Context, run int64, all []history.Mutation) error {
	for _, m := range all {
		rule, err := w.rule(ctx, m.Rule, m.Title)
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "INSERT INTO mutations (run, rule, killed, survived, equivalent) VALUES (?, ?, ?, ?, ?)", run, rule, m.Killed, m.Survived, m.Equivalent); err != nil {
			return err
		}
	}
	return nil
}

// mutationOf is what the store has of a run's mutants; nil where there is nothing.
func (w *writer) mutationOf(ctx context.Context, run string) (all []history.Mutation, err error) {
	statement, err := w.statement(ctx, `SELECT u.id, u.title, m.killed, m.survived, m.equivalent
		FROM mutations m JOIN runs r ON r.no = m.run JOIN rules u ON u.no = m.rule WHERE r.id = ? ORDER BY u.id`)
	if err != nil {
		return nil, err
	}
	rows, err := statement.QueryContext(ctx, run)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m history.Mutation
		if err := rows.Scan(&m.Rule, &m.Title, &m.Killed, &m.Survived, &m.Equivalent); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// rule returns the number of a rule, which has the title that it was given last.
func (w *writer) rule(ctx context.Context, id, title string) (int64, error) {
	return w.number(ctx, "INSERT INTO rules (id, title) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title RETURNING no", id, title)
}

// find returns the number of what has these values, which is added where it is not there.
func (w *writer) find(ctx context.Context, known, add string, values ...any) (int64, error) {
	no, err := w.number(ctx, known, values...)
	if errors.Is(err, sql.ErrNoRows) {
		return w.number(ctx, add, values...)
	}
	return no, err
}

// micros is a duration as it is kept; a negative one, which is not known, is -1.
func micros(d time.Duration) int64 {
	if d < 0 {
		return -1
	}
	return d.Microseconds()
}

// duration is a duration as it was kept.
func duration(kept int64) time.Duration {
	if kept < 0 {
		return -1
	}
	return time.Duration(kept) * time.Microsecond
}

// number is a truth as both databases keep it.
func number(is bool) int {
	if is {
		return 1
	}
	return 0
}
