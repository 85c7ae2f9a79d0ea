package navigator

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// Write writes the layers of a run as one file, four for each version of ATT&CK:
// reported, performed, detected, blind. Without a version they are for the one that the
// run speaks. It fails if w does.
func Write(w io.Writer, of evidence.Run, versions ...attack.Version) error {
	if len(versions) == 0 {
		versions = []attack.Version{of.Attack()}
	}
	all := of.Techniques()
	layers := []layer{}
	for _, version := range versions {
		techniques, unknown := translate(all, version)
		for _, view := range views {
			layers = append(layers, layerOf(of, view, version, techniques, unknown))
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(layers); err != nil {
		return fmt.Errorf("write Navigator layers: %w", err)
	}
	return nil
}

func layerOf(of evidence.Run, as view, version attack.Version, all []evidence.Technique, unknown []string) layer {
	out := layer{
		Name:        fmt.Sprintf("%s (ATT&CK v%s)", as.name, version.Major()),
		Versions:    versionsOf(version),
		Domain:      domain,
		Description: as.description + ".",
		Layout:      layout{Layout: "side", ShowID: true, ShowName: true, ExpandedSubtechniques: "annotated"},
		Techniques:  []technique{}, Gradient: as.gradient, Legend: as.legend, Metadata: metadataOf(of),
		SelectTechniquesAcrossTactics: true,
	}
	if as.ofGroups && !slices.ContainsFunc(all, func(t evidence.Technique) bool { return len(t.Groups) > 0 }) {
		out.Description += " No actor of the run is a group that ATT&CK knows."
	}
	if len(unknown) > 0 {
		out.Description += fmt.Sprintf(" ATT&CK v%s has no technique for %s: left out.", version.Major(), strings.Join(unknown, ", "))
	}
	for _, t := range all {
		mark, shown := as.mark(t)
		if !shown {
			continue
		}
		tactics := t.Tactics
		if len(tactics) == 0 {
			tactics = []string{""}
		}
		for _, tactic := range tactics {
			out.Techniques = append(out.Techniques, technique{
				ID: t.ID, Tactic: tactic, Score: mark.score, Color: mark.color, Comment: mark.comment, Enabled: true,
				Metadata: techniqueMetadata(t), Links: []link{{Label: t.ID + " at attack.mitre.org", URL: pageOf(t.ID)}},
			})
		}
	}
	return out
}

func versionsOf(version attack.Version) versions {
	return versions{Attack: version.Major(), Navigator: navigatorVersion, Layer: layerVersion}
}

// metadataOf says where a layer comes from; the format has no empty values.
func metadataOf(of evidence.Run) []metadata {
	var scenarios, actors []string
	for _, scenario := range of.Scenarios {
		scenarios = append(scenarios, scenario.Judged.Name)
		for _, actor := range scenario.Judged.Actors {
			if said := actor.String(); !slices.Contains(actors, said) {
				actors = append(actors, said)
			}
		}
	}
	return filled(
		metadata{"run", of.Result.ID}, metadata{"ringer", of.Result.Version}, metadata{"lab", of.Result.Lab},
		metadata{"scenarios", strings.Join(scenarios, ", ")}, metadata{"actors", strings.Join(actors, "; ")},
	)
}

func techniqueMetadata(t evidence.Technique) []metadata {
	var gaps []string
	for _, gap := range t.Gaps[:min(len(t.Gaps), mostGaps)] {
		gaps = append(gaps, gap.Place())
	}
	return filled(
		metadata{"state", string(t.State)}, metadata{"groups", strings.Join(t.Groups, ", ")}, metadata{"steps", strings.Join(t.Steps, ", ")}, metadata{"gaps", strings.Join(gaps, ", ")},
		metadata{"detected by", strings.Join(t.Rules, ", ")},
	)
}

func filled(all ...metadata) []metadata {
	kept := []metadata{}
	for _, said := range all {
		if said.Value != "" {
			kept = append(kept, said)
		}
	}
	return kept
}

// pageOf is a technique's page.
func pageOf(id string) string {
	return "https://attack.mitre.org/techniques/" + strings.ReplaceAll(id, ".", "/") + "/"
}
