package trace

import (
	"fmt"
	"path"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/memdisk"
)

// Host is a model of what is on one asset, from its opening on: whether an act
// makes a file or empties one depends on it. It is not safe for concurrent use.
type Host struct {
	tree    effect.Tree
	disk    *memdisk.Disk
	journal *effect.Journal
	// opaque are the real paths of files whose content is not known here.
	opaque map[string]bool
	// hasService is whether a real service is on the host.
	hasService bool
	// image is that of the user's own which the host is made of: then there is no model of
	// its files, and nothing of ringer's runs on it.
	image *asset.Image
}

// writtenAt is when files are written, as far as this package is concerned. A
// file's time has a fraction of a second, as on a host.
var writtenAt = time.Date(2020, 1, 1, 0, 0, 0, 123456789, time.UTC)

// NewHost returns the model of an asset as it is provisioned; protected are folders
// (platform paths). It returns an error for a path that the asset's tree refuses.
func NewHost(place asset.Host, protected []string) (*Host, error) {
	if place.Image != nil {
		return &Host{image: place.Image}, nil
	}
	disk := memdisk.New(func() time.Time { return writtenAt })
	tree := effect.AssetTree(place.Kind.Platform, disk)
	h := &Host{tree: tree, disk: disk, journal: effect.NewJournal(tree), opaque: map[string]bool{}, hasService: place.Service != ""}
	if err := memdisk.Provision(tree, disk, place.Kind, protected, writtenAt); err != nil {
		return nil, fmt.Errorf("follow asset: %w", err)
	}
	return h, nil
}

// Check compares the observations of one step with its plan, and brings the model
// up to date. refusals are what the step's processes reported as refused: if there
// are any, the plan was not performed as it stands, and only its processes are
// looked for. The error names the processes and acts that left no trace, and the
// observations that the plan does not account for.
func (h *Host) Check(step string, plan effect.StepPlan, observations []event.Observation, refusals []string) error {
	if h.image != nil {
		return complaintError(h.checkImage(step, plan, observations, refusals))
	}
	if err := h.prepare(plan); err != nil {
		return fmt.Errorf("check telemetry against the plan: %w", err)
	}
	observations, earlier := h.atTodaysPlaces(observations)
	if len(refusals) > 0 {
		h.applyObservations(observations)
		return complaintError(missingProcesses(plan, observations, refusals))
	}
	b := builder{host: h, unreported: map[string]int{}, earlier: earlier}
	for _, root := range plan.Processes {
		if err := b.addRoot(root); err != nil {
			h.applyObservations(observations)
			return fmt.Errorf("check telemetry against the plan: %w", err)
		}
	}
	return complaintError(match(b.processes, b.expected, step, observations, h.hasService))
}

// atTodaysPlaces gives the observations of a recording that an earlier build made as one of
// today would report them: folders that a host now has were made then. earlier is false for
// any others, which are returned as they are.
func (h *Host) atTodaysPlaces(observations []event.Observation) (today []event.Observation, earlier bool) {
	if !slices.ContainsFunc(observations, func(o event.Observation) bool { _, old := h.tree.OfEarlierBuild(o.Path); return old }) {
		return observations, false
	}
	for _, o := range observations {
		if o.Dir == h.tree.Base() {
			o.Dir = "/"
		}
		for _, name := range []*string{&o.Path, &o.To, &o.Dir} {
			if path, old := h.tree.OfEarlierBuild(*name); old && (name != &o.To || o.Kind != event.Symlink) {
				*name = path
			}
		}
		if o.Kind != event.Mkdir || !h.tree.IsOwnPlace(o.Path) {
			today = append(today, o)
		}
	}
	return today, true
}

// prepare makes the host what the plan finds.
func (h *Host) prepare(plan effect.StepPlan) error {
	if _, err := memdisk.InstallStandIns(h.tree, h.disk, plan); err != nil {
		return err
	}
	if err := h.journal.Register(plan); err != nil {
		return err
	}
	return effect.ApplyPreconditions(h.tree, plan.Preconditions)
}

// Undo takes back what the steps so far changed, as the asset itself does. It
// returns an error if that fails at some path; the host is then not to be used
// any more.
func (h *Host) Undo() error {
	if h.image != nil {
		return nil
	}
	h.opaque = map[string]bool{}
	if err := h.journal.Undo(); err != nil {
		return fmt.Errorf("follow undo: %w", err)
	}
	return nil
}

// UndoNewest takes back what the newest step changed, as the asset itself does. It
// fails as [Host.Undo] does.
func (h *Host) UndoNewest() error {
	if h.image != nil {
		return nil
	}
	if _, err := h.journal.UndoNewest(); err != nil {
		return fmt.Errorf("follow undo: %w", err)
	}
	return nil
}

// applyObservations takes in what was seen, where the plan does not say what was done. What
// a file contains is known only where it was reported whole.
func (h *Host) applyObservations(observations []event.Observation) {
	for _, o := range observations {
		if o.Path == "" {
			continue
		}
		// What contradicts the model shows at the next step that builds on it.
		switch o.Kind {
		case event.Create, event.Write, event.Truncate:
			h.opaque[o.Path] = true
			if _, err := h.disk.Lstat(o.Path); err != nil {
				_ = h.disk.Put(o.Path, nil, 0o644, false)
			}
		case event.Content:
			_ = h.disk.Put(o.Path, o.Content, 0o644, false)
			h.opaque[o.Path] = len(o.Content) >= event.MaxContent
		case event.Mkdir:
			_ = h.disk.MkdirAll(o.Path, 0o755)
		case event.Rename:
			_ = h.disk.Rename(o.Path, o.To)
			h.opaque[o.To] = h.opaque[o.Path]
		case event.Unlink, event.Rmdir:
			_ = h.disk.Remove(o.Path)
		case event.Symlink:
			_ = h.disk.Symlink(o.To, o.Path)
		}
	}
}

// serviceLogs are the folders of the logs that real services write themselves.
var serviceLogs = [...]string{artifact.NginxLogs, artifact.PostgreSQLLogs}

// contentKnown reports whether a file's content is known here.
func (h *Host) contentKnown(real string) bool {
	name, _ := h.tree.PlatformPath(real)
	folder, _ := path.Split(name)
	if h.hasService && slices.Contains(serviceLogs[:], folder) {
		return false
	}
	return !h.opaque[real]
}
