package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// entryColumns are those of [scanEntry].
const entryColumns = `r.no, r.id, r.started, r.version, r.lab, r.series, r.part, r.rules, r.path, r.digest, r.worst, r.took,
	r.scenarios, r.steps, r.expectations, r.detected, r.missed, r.blind, r.false_alarms, r.unjudged, r.techniques, r.seen, r.alarms, r.reused,
	r.detections, r.detect_p50, r.detect_p95, r.detect_p99, r.killed, r.tested`

// scanEntry scans a run, with its number.
func scanEntry(row *sql.Rows) (no int64, e history.Entry, err error) {
	var started, took, p50, p95, p99 int64
	var worst string
	err = row.Scan(&no, &e.ID, &started, &e.Version, &e.Lab, &e.Series, &e.Part, &e.Rules, &e.Recording.Path, &e.Recording.Digest, &worst, &took,
		&e.Scenarios, &e.Steps, &e.Expectations, &e.Detected, &e.Missed, &e.Blind, &e.FalseAlarms, &e.Unjudged, &e.Techniques, &e.Seen, &e.Alarms, &e.Reused,
		&e.Detections.Of, &p50, &p95, &p99, &e.Killed, &e.Tested)
	if err == nil {
		err = e.Worst.UnmarshalText([]byte(worst))
	}
	e.Started, e.Took = time.UnixMicro(started).UTC(), duration(took)
	e.Detections.P50, e.Detections.P95, e.Detections.P99 = duration(p50), duration(p95), duration(p99)
	return no, e, err
}

// Runs returns runs, the newest first, and fails, as [history.Store] says.
func (s *Store) Runs(ctx context.Context, of history.Query) ([]history.Entry, error) {
	_, all, err := s.runs(ctx, of)
	return all, err
}

func (s *Store) runs(ctx context.Context, of history.Query) (numbers []int64, all []history.Entry, err error) {
	where, values := "", []any{}
	if of.Series != "" {
		where, values = "WHERE r.series = ?", append(values, of.Series)
	}
	err = s.query(ctx, "SELECT "+entryColumns+" FROM runs r "+where+" ORDER BY r.started DESC, r.no DESC LIMIT ?", append(values, of.Last), func(row *sql.Rows) error {
		no, e, err := scanEntry(row)
		numbers, all = append(numbers, no), append(all, e)
		return err
	})
	return numbers, all, err
}

// Flaky returns the expectations whose verdicts differ, and fails, as [history.Store] says.
func (s *Store) Flaky(ctx context.Context, of history.Query) ([]history.Flake, error) {
	numbers, entries, err := s.runs(ctx, of)
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	// Most expectations have one verdict throughout: they are told apart by the table of
	// verdicts alone.
	var differing []int64
	err = s.query(ctx, "SELECT expectation FROM verdicts WHERE run IN ("+marks(len(numbers))+") GROUP BY expectation HAVING MIN(verdict) <> MAX(verdict)", anyOf(numbers), func(row *sql.Rows) error {
		var no int64
		err := row.Scan(&no)
		differing = append(differing, no)
		return err
	})
	if err != nil {
		return nil, err
	}
	rules := map[int64]string{}
	for i, no := range numbers {
		rules[no] = entries[i].Rules
	}
	var samples []history.Sample
	for some := range slices.Chunk(differing, mostMarks) {
		found, err := s.samples(ctx, numbers, some, rules)
		if err != nil {
			return nil, err
		}
		samples = append(samples, found...)
	}
	return history.FlakesOf(samples), nil
}

// mostMarks is how many values a statement is given at a time.
const mostMarks = 500

func (s *Store) samples(ctx context.Context, runs, expectations []int64, rules map[int64]string) (all []history.Sample, err error) {
	err = s.query(ctx, `SELECT v.run, v.verdict, e.detector, e.shape, e.want, u.id, u.title, p.scenario, p.step, p.baseline, c.performance
		FROM verdicts v JOIN expectations e ON e.no = v.expectation JOIN rules u ON u.no = e.rule JOIN places p ON p.no = e.place
		JOIN scenarios c ON c.run = v.run AND c.name = p.scenario
		WHERE c.reused = '' AND v.expectation IN (`+marks(len(expectations))+`) AND v.run IN (`+marks(len(runs))+`)`,
		slices.Concat(anyOf(expectations), anyOf(runs)), func(row *sql.Rows) error {
			var of history.Sample
			var run int64
			var was string
			err := row.Scan(&run, &was, &of.Detector, &of.Shape, &of.Want, &of.Rule, &of.Title, &of.Scenario, &of.Step, &of.Baseline, &of.Performance)
			if err == nil {
				err = of.Verdict.UnmarshalText([]byte(was))
			}
			of.Rules = rules[run]
			all = append(all, of)
			return err
		})
	return all, err
}

// durationsOf is of how many of the newest whole runs durations are taken.
const durationsOf = 20

// Durations returns how long scenarios took, and fails, as [history.Store] says.
func (s *Store) Durations(ctx context.Context, lab string) (map[string]time.Duration, error) {
	took := map[string][]time.Duration{}
	err := s.query(ctx, `SELECT c.name, c.took FROM scenarios c JOIN
		(SELECT no FROM runs WHERE lab = ? AND part = '' ORDER BY started DESC, no DESC LIMIT ?) r ON c.run = r.no WHERE c.reused = ''`,
		[]any{lab, durationsOf}, func(row *sql.Rows) error {
			var name string
			var kept int64
			err := row.Scan(&name, &kept)
			took[name] = append(took[name], duration(kept))
			return err
		})
	if err != nil {
		return nil, err
	}
	medians := map[string]time.Duration{}
	for name, all := range took {
		medians[name] = history.QuantilesOf(all).P50
	}
	return medians, nil
}

// performancesOf is how many performances of one key are looked at.
const performancesOf = 20

// Performances returns the performances by a key, and fails, as [history.Store] says.
func (s *Store) Performances(ctx context.Context, key performance.Key) (all []history.Performance, err error) {
	if key == "" {
		return nil, nil
	}
	err = s.query(ctx, `SELECT r.id, r.started, r.path, r.digest, c.name, c.reused, c.sound FROM scenarios c JOIN runs r ON r.no = c.run
		WHERE c.performance = ? AND r.digest <> '' ORDER BY c.run DESC LIMIT ?`,
		[]any{string(key), performancesOf}, func(row *sql.Rows) error {
			var p history.Performance
			var started int64
			err := row.Scan(&p.Run, &started, &p.Recording.Path, &p.Recording.Digest, &p.Scenario, &p.Reused, &p.Sound)
			p.Started = time.UnixMicro(started).UTC()
			all = append(all, p)
			return err
		})
	return all, err
}

// Prune removes runs, and fails, as [history.Store] says.
func (s *Store) Prune(ctx context.Context, keep history.Keeping) (removed int, err error) {
	err = s.inTransaction(ctx, func(w *writer) error {
		statements := []struct {
			asked  bool
			text   string
			values []any
		}{
			{!keep.Since.IsZero(), "DELETE FROM runs WHERE started < ?", []any{keep.Since.UnixMicro()}},
			{keep.Runs > 0, "DELETE FROM runs WHERE no NOT IN (SELECT no FROM runs ORDER BY started DESC, no DESC LIMIT ?)", []any{keep.Runs}},
		}
		for _, statement := range statements {
			if !statement.asked {
				continue
			}
			done, err := w.exec(ctx, statement.text, statement.values...)
			if err != nil {
				return err
			}
			n, err := done.RowsAffected()
			if err != nil {
				return err
			}
			removed += int(n)
		}
		return nil
	})
	if err == nil && removed > 0 {
		_, err = s.db.ExecContext(ctx, "VACUUM") // gives the room back
	}
	return removed, err
}

// verdictNamed reads a verdict as it was kept.
func verdictNamed(name string) (v verdict.Verdict, err error) {
	err = v.UnmarshalText([]byte(name))
	return v, err
}
