package history

import (
	"context"
	"slices"
)

// Overview is what a history shows of its newest runs.
type Overview struct {
	// Runs are the newest, the newest first.
	Runs []Entry
	// Trend is of the newest run that is whole, and of those before it that can be
	// compared with it; nil where there is none.
	Trend *Trend
}

// Trend is how runs of the same scenarios in the same lab went on.
type Trend struct {
	// Runs are the oldest first.
	Runs []Entry
	// Flaky are the expectations that were judged in different ways though nothing was
	// changed.
	Flaky []Flake
}

// Newest is the last run of a trend.
func (t Trend) Newest() Entry { return t.Runs[len(t.Runs)-1] }

// ReadOverview asks a store for as many of the newest runs, and as many that can be
// compared. It fails if the store cannot be read.
func ReadOverview(ctx context.Context, from Store, last int) (Overview, error) {
	var out Overview
	var err error
	if out.Runs, err = from.Runs(ctx, Query{Last: last}); err != nil {
		return out, err
	}
	i := slices.IndexFunc(out.Runs, func(e Entry) bool { return e.Series != "" })
	if i < 0 {
		return out, nil
	}
	trend, err := ReadTrend(ctx, from, Query{Last: last, Series: out.Runs[i].Series})
	out.Trend = trend
	return out, err
}

// ReadTrend asks a store for the runs of a series; nil is that there are none. It fails if
// the store cannot be read.
func ReadTrend(ctx context.Context, from Store, of Query) (*Trend, error) {
	runs, err := from.Runs(ctx, of)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	slices.Reverse(runs)
	flaky, err := from.Flaky(ctx, of)
	if err != nil {
		return nil, err
	}
	return &Trend{Runs: runs, Flaky: flaky}, nil
}
