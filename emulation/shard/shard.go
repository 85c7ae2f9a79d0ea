package shard

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Part is one of several parts, such as 2/4: Index counts from 1. The zero value is a
// whole run.
type Part struct{ Index, Of int }

// MostParts bounds how many parts a run can have.
const MostParts = 1000

// Parse reads a part, as 2/4. It fails for any other text, and for a part that is not one
// of so many.
func Parse(text string) (Part, error) {
	index, of, found := strings.Cut(text, "/")
	if !found {
		return Part{}, fmt.Errorf("%q is not a part of a run: expected a number and how many there are, such as 2/4", text)
	}
	var p Part
	for _, number := range []struct {
		text string
		to   *int
	}{{index, &p.Index}, {of, &p.Of}} {
		n, err := strconv.Atoi(number.text)
		if err != nil || strconv.Itoa(n) != number.text || n < 1 || n > MostParts {
			return Part{}, fmt.Errorf("%q is not a part of a run: expected two numbers from 1 to %d, such as 2/4", text, MostParts)
		}
		*number.to = n
	}
	if p.Index > p.Of {
		return Part{}, fmt.Errorf("there is no part %d of %d: the last is %d/%d", p.Index, p.Of, p.Of, p.Of)
	}
	return p, nil
}

// String is the part as it is written.
func (p Part) String() string { return fmt.Sprintf("%d/%d", p.Index, p.Of) }

// Scenario is what is split: a name, how many steps and baselines it has, and how long
// it takes; 0 where that is not known.
type Scenario struct {
	Name  string
	Steps int
	Took  time.Duration
}

// Plan is how scenarios are split.
type Plan struct {
	// Parts have the names of the scenarios of each part, in the order in which they were
	// given; Loads are how long each is expected to take, in milliseconds or, where it is
	// not known of any scenario how long it takes, in steps.
	Parts [][]string
	Loads []int64
	// Digest is of all that the split follows from: it is the same on machines that split
	// in the same way.
	Digest string
}

// Split splits scenarios into so many parts: the longest first, each to the part with the
// least to do, the first of several. What is not known to take so long is taken to be as
// long as its steps are of those that are. It depends on nothing but its arguments. It
// fails if there are fewer scenarios than parts.
func Split(all []Scenario, parts int) (Plan, error) {
	if parts > len(all) {
		return Plan{}, fmt.Errorf("%d scenarios cannot be split into %d parts: use at most %d", len(all), parts, len(all))
	}
	loads := loadsOf(all)
	order := make([]int, len(all))
	digest := sha256.New()
	fmt.Fprintln(digest, parts)
	for i, s := range all {
		order[i] = i
		fmt.Fprintf(digest, "%q %d\n", s.Name, loads[i])
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(loads[b], loads[a]), strings.Compare(all[a].Name, all[b].Name), cmp.Compare(a, b))
	})
	plan := Plan{Parts: make([][]string, parts), Loads: make([]int64, parts), Digest: hex.EncodeToString(digest.Sum(nil))}
	in := make([]int, len(all))
	for _, i := range order {
		least := slices.Index(plan.Loads, slices.Min(plan.Loads))
		in[i] = least
		plan.Loads[least] += loads[i]
	}
	for i, s := range all {
		plan.Parts[in[i]] = append(plan.Parts[in[i]], s.Name)
	}
	return plan, nil
}

// loadsOf are whole numbers, of at least 1, so that no two machines round differently.
func loadsOf(all []Scenario) []int64 {
	var known, steps int64
	for _, s := range all {
		if s.Took > 0 {
			known, steps = known+max(1, s.Took.Milliseconds()), steps+int64(s.Steps)
		}
	}
	loads := make([]int64, len(all))
	for i, s := range all {
		switch {
		case s.Took > 0:
			loads[i] = max(1, s.Took.Milliseconds())
		case steps > 0:
			loads[i] = max(1, known*int64(s.Steps)/steps)
		default:
			loads[i] = max(1, int64(s.Steps))
		}
	}
	return loads
}
