package record

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Named is a recording with the name by which a user knows it.
type Named struct {
	Name string
	*Recording
}

// MergedHead is the head of the run that parts of it are put together to, without its id.
// It fails if they are not all the parts of one run, each once, that were performed by the
// same program with the same files, and says which part differs.
func MergedHead(parts []Named) (Head, error) {
	if len(parts) == 0 {
		return Head{}, errors.New("there is nothing to merge")
	}
	for _, part := range parts {
		if err := checkPart(part); err != nil {
			return Head{}, err
		}
	}
	first := parts[0]
	for _, part := range parts[1:] {
		if what := differs(first.Head, part.Head); what != "" {
			return Head{}, fmt.Errorf("%s and %s %s", first.Name, part.Name, what)
		}
	}
	if err := checkWhole(parts); err != nil {
		return Head{}, err
	}
	head := first.Head
	head.Run, head.Scenarios, head.Shard, head.Merged = "", first.Head.Shard.Whole, nil, nil
	for _, part := range slices.SortedFunc(slices.Values(parts), func(a, b Named) int { return cmp.Compare(a.Head.Shard.Index, b.Head.Shard.Index) }) {
		head.Merged = append(head.Merged, Merged{part.Head.Run, part.Head.Shard.String(), Digest(part.ManifestText)})
		if part.Head.Started.Before(head.Started) {
			head.Started = part.Head.Started
		}
	}
	return head, nil
}

// checkPart checks one part in itself.
func checkPart(part Named) error {
	shard := part.Head.Shard
	switch {
	case !part.Sealed:
		return fmt.Errorf("%s was broken off: `ringer run --resume` performs the rest of it", part.Name)
	case part.Head.Kind != "":
		return fmt.Errorf("%s is a run of %ss; expected parts of a run of scenarios", part.Name, part.Head.Kind)
	case shard == nil:
		return fmt.Errorf("%s is a whole run; expected a part of one, as `ringer run --shard` records", part.Name)
	case shard.Of < 1 || shard.Index < 1 || shard.Index > shard.Of:
		return fmt.Errorf("%s says that it is part %s, which cannot be", part.Name, shard)
	case twice(shard.Whole) != "" || twice(part.Head.Scenarios) != "":
		return fmt.Errorf("%s names scenario %q twice", part.Name, cmp.Or(twice(shard.Whole), twice(part.Head.Scenarios)))
	}
	for _, name := range part.Head.Scenarios {
		if !slices.Contains(shard.Whole, name) {
			return fmt.Errorf("%s has scenario %q, which is not one of its run's", part.Name, name)
		}
	}
	return nil
}

func twice(names []string) string {
	sorted := slices.Sorted(slices.Values(names))
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			return sorted[i]
		}
	}
	return ""
}

// differs says in what two parts are not of one run; "" if in nothing.
func differs(a, b Head) string {
	switch {
	case a.Ringer.Digest != b.Ringer.Digest || a.Ringer.Version != b.Ringer.Version:
		return fmt.Sprintf("were performed by different builds of ringer (%s and %s)", a.Ringer.Version, b.Ringer.Version)
	case a.Lab != b.Lab:
		return fmt.Sprintf("were performed in different labs (%s and %s)", a.Lab, b.Lab)
	case !slices.Equal(a.Paths, b.Paths) || !slices.Equal(a.Libraries, b.Libraries) || sourcesDiffer(a.Sources, b.Sources) != "":
		return "were made of different scenario files" + sourcesDiffer(a.Sources, b.Sources)
	case sourcesDiffer(a.Rules, b.Rules) != "":
		return "were judged by different rules" + sourcesDiffer(a.Rules, b.Rules)
	case !maps.Equal(a.Variables, b.Variables):
		return "have different variables"
	case !reflect.DeepEqual(a.Chosen, b.Chosen):
		return "are of different choices of steps"
	case a.Shard.Of != b.Shard.Of:
		return fmt.Sprintf("are parts of different splits: %s and %s", a.Shard, b.Shard)
	case !slices.Equal(a.Shard.Whole, b.Shard.Whole):
		return "are parts of runs of different scenarios"
	case a.Shard.Durations != b.Shard.Durations:
		return "were split by different durations: give --durations with the same recording to each part"
	}
	return ""
}

// sourcesDiffer names the first file that two runs do not have alike; "" if there is none.
func sourcesDiffer(a, b []Source) string {
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			return ": " + b[i].Name + " is of the second alone"
		case i >= len(b):
			return ": " + a[i].Name + " is of the first alone"
		case a[i].Name != b[i].Name || a[i].Digest != b[i].Digest || a[i].Shipped != b[i].Shipped:
			return ": " + a[i].Name
		}
	}
	return ""
}

// checkWhole checks that each part is there once, and each scenario in one of them.
func checkWhole(parts []Named) error {
	byIndex, byScenario := map[int]Named{}, map[string]Named{}
	for _, part := range parts {
		if other, ok := byIndex[part.Head.Shard.Index]; ok {
			return fmt.Errorf("part %s is there twice: %s and %s", part.Head.Shard, other.Name, part.Name)
		}
		byIndex[part.Head.Shard.Index] = part
		for _, name := range part.Head.Scenarios {
			if other, ok := byScenario[name]; ok {
				return fmt.Errorf("scenario %q is in two parts: %s and %s", name, other.Name, part.Name)
			}
			byScenario[name] = part
		}
	}
	whole := parts[0].Head.Shard
	var missing []string
	for i := 1; i <= whole.Of && len(missing) <= mostNamed; i++ {
		if _, ok := byIndex[i]; !ok {
			missing = append(missing, fmt.Sprintf("%d/%d", i, whole.Of))
		}
	}
	if len(missing) > mostNamed {
		missing[mostNamed] = "and others"
	}
	if len(missing) > 0 {
		return fmt.Errorf("missing: part %s", strings.Join(missing, ", "))
	}
	for _, name := range whole.Whole {
		if _, ok := byScenario[name]; !ok {
			return fmt.Errorf("missing: scenario %q is in none of the parts", name)
		}
	}
	return nil
}

// mostNamed is how many missing parts are named.
const mostNamed = 10

// Copy writes what another recording has of a scenario, as it is, and that it is finished
// must have been checked. It fails if a part cannot be read, or is not as it was sealed;
// what cannot be written is kept for Err.
func (j *Journal) Copy(from *Recording, scenario string) error {
	for _, folder := range []string{scenarioFolder, eventFolder, alertFolder, outsideFolder, verdictFolder} {
		part := folder + "/" + partName(scenario)
		content, err := from.part(part)
		if folder == outsideFolder && errors.Is(err, fs.ErrNotExist) {
			continue // the run asked no outside detector
		}
		if err != nil {
			return fmt.Errorf("copy scenario %s: %w", scenario, err)
		}
		if j.Err() == nil {
			j.fail(j.writePart(part, content))
		}
	}
	return nil
}

// MergedTail is what is said at the end of a run that was put together: the parts were
// performed at the same time, so that it took as long as the longest. It fails if a tail
// cannot be read.
func MergedTail(parts []Named) (Tail, error) {
	var out Tail
	for _, part := range parts {
		tail, err := part.Tail()
		if err == nil && tail == nil {
			err = fs.ErrNotExist
		}
		if err != nil {
			return Tail{}, fmt.Errorf("%s: read %s: %w", part.Name, tailPart, err)
		}
		out.Took = max(out.Took, tail.Took, time.Duration(0))
		for _, image := range tail.Images {
			if !slices.Contains(out.Images, image) {
				out.Images = append(out.Images, image)
			}
		}
	}
	return out, nil
}
