package docker

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/ringer-lab/ringer/lab/image"
)

// The labels on every container of ours. The first is also on images.
const (
	labelVersion = image.Label
	labelRun     = "ringer.run"
	labelAsset   = "ringer.asset"
	labelPID     = "ringer.pid"
	// labelOwner lets a later sweep find out whether the runner still lives.
	labelOwner = "ringer.owner"
	// labelLease is one lab's own: its watchdog removes what carries it.
	labelLease = "ringer.lease"
)

// ownLabels is what a container of ours carries. Anybody can label a container
// "ringer"; only what carries all of them, each in the form that we
// write, is taken for ours.
type ownLabels struct {
	version string
	run     string // a UUID
	asset   string
	owner   owner
	lease   string
}

// labels are these as they are written.
func (m ownLabels) labels() map[string]string {
	return map[string]string{
		labelVersion: m.version,
		labelRun:     m.run,
		labelAsset:   m.asset,
		labelPID:     strconv.Itoa(m.owner.pid),
		labelOwner:   m.owner.String(),
		labelLease:   m.lease,
	}
}

// labelsOf is that of one asset's container.
func (l *Lab) labelsOf(run, asset string) ownLabels {
	return ownLabels{version: l.version, run: run, asset: asset, owner: l.owner, lease: l.lease}
}

// unfinishedLabels are the labels of an image that a builder has half made for us.
func (l *Lab) unfinishedLabels() map[string]string {
	return map[string]string{labelLease: l.lease, labelOwner: l.owner.String()}
}

// parseOwnLabels reads what labels wrote. ok is false if any label is missing or has
// another form, also where it says of itself that it is of ringer.
func parseOwnLabels(labels map[string]string) (m ownLabels, ok bool) {
	theirs, ok := parseOwner(labels[labelOwner])
	if !ok {
		return ownLabels{}, false
	}
	m = ownLabels{version: labels[labelVersion], run: labels[labelRun], asset: labels[labelAsset], owner: theirs, lease: labels[labelLease]}
	if !versionForm.MatchString(m.version) || !isUUID(m.run) || !assetForm.MatchString(m.asset) || !leaseForm.MatchString(m.lease) {
		return ownLabels{}, false
	}
	for name, value := range m.labels() {
		if labels[name] != value {
			return ownLabels{}, false
		}
	}
	return m, true
}

var (
	// versionForm is how git and Go write versions: v1.2.3, dev, 1da001b-dirty.
	versionForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+_-]{0,127}$`)
	// assetForm is how scenarios name assets.
	assetForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,62}$`)
	leaseForm = regexp.MustCompile(`^[0-9a-f]{16}$`)
	tagForm   = regexp.MustCompile(`^[0-9a-f]{12}$`)
)

// isUUID is true for the one form in which a run's id is written.
func isUUID(text string) bool {
	id, err := uuid.Parse(text)
	return err == nil && id.String() == text
}

// containerPrefix begins the names of our containers; a lease's form follows.
const containerPrefix = "ringer-"

func newContainerName() string { return containerPrefix + newLease() }

// ownName reports whether a container's name is one that we give.
func ownName(name string) bool {
	rest, ours := strings.CutPrefix(name, containerPrefix)
	return ours && leaseForm.MatchString(rest)
}

// repositories are those of our images, each with the labels that all its images
// have.
var repositories = func() map[string][]string {
	all := map[string][]string{image.Repository: {labelVersion}}
	for _, recipe := range image.Recipes() {
		for _, suffix := range []string{"", image.BuildSuffix} {
			all[image.ServiceRepository+recipe.Service+suffix] = []string{labelVersion, image.LabelPackages}
		}
	}
	return all
}()

// ownRefs are those among an image's names that we gave it; there is none if the
// image has not the labels of ours.
func ownRefs(refs []string, labels map[string]string) []string {
	var ours []string
	for _, ref := range refs {
		repository, tag, _ := strings.Cut(ref, ":")
		if required, known := repositories[repository]; known && tagForm.MatchString(tag) && hasAll(labels, required) {
			ours = append(ours, ref)
		}
	}
	return ours
}

// ownUnnamed reports whether an image without a name is one that a name of ours was
// taken from, as a newer one has it.
func ownUnnamed(refs []string, labels map[string]string) bool {
	return len(refs) == 0 && hasAll(labels, []string{labelVersion})
}

// ownUnfinished reads whose an image is that a builder has begun for us. A finished
// one says what it was made of, and so does what others have made of it.
func ownUnfinished(refs []string, labels map[string]string) (theirs owner, ok bool) {
	if _, finished := labels[labelMadeOf]; finished || len(refs) > 0 || !leaseForm.MatchString(labels[labelLease]) {
		return owner{}, false
	}
	if !hasAll(labels, []string{labelVersion, image.LabelPackages}) {
		return owner{}, false
	}
	return parseOwner(labels[labelOwner])
}

func hasAll(labels map[string]string, names []string) bool {
	for _, name := range names {
		if labels[name] == "" {
			return false
		}
	}
	return versionForm.MatchString(labels[labelVersion])
}
