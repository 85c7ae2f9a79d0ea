package attackflow

import (
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// extension is the id of the extension of STIX that Attack Flow is.
const extension = "extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4"

type bundle struct {
	Type    string   `json:"type"`
	ID      string   `json:"id"`
	Objects []object `json:"objects"`
}

// object is an object of STIX with what any of those written has.
type object struct {
	Type        string `json:"type"`
	SpecVersion string `json:"spec_version"`
	ID          string `json:"id"`
	CreatedBy   string `json:"created_by_ref,omitempty"`
	Created     string `json:"created"`
	Modified    string `json:"modified"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`

	// Of an identity, an extension and a threat actor.
	Class          string   `json:"identity_class,omitempty"`
	Schema         string   `json:"schema,omitempty"`
	Version        string   `json:"version,omitempty"`
	ExtensionTypes []string `json:"extension_types,omitempty"`
	Aliases        []string `json:"aliases,omitempty"`

	// Of a flow, an action and an asset.
	Scope      string              `json:"scope,omitempty"`
	Starts     []string            `json:"start_refs,omitempty"`
	References []reference         `json:"external_references,omitempty"`
	Technique  string              `json:"technique_id,omitempty"`
	Assets     []string            `json:"asset_refs,omitempty"`
	Effects    []string            `json:"effect_refs,omitempty"`
	Extensions map[string]newTypes `json:"extensions,omitempty"`
}

type newTypes struct {
	Type string `json:"extension_type"`
}

type reference struct {
	Source      string `json:"source_name"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
}

// writer makes the objects of one scenario. The same scenario has the same ids.
type writer struct {
	scenario string
	at       string
	objects  []object
}

// Write writes a scenario that was read and of which the plan was built. A scenario has
// no date of its own: created is what the bundle says. It fails if w does.
func Write(w io.Writer, s *scenario.Scenario, p *plan.Plan, created time.Time) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	build := writer{scenario: p.Name, at: created.UTC().Format("2006-01-02T15:04:05.000Z")}
	return out.Encode(build.bundle(s, p))
}

func (w *writer) bundle(s *scenario.Scenario, p *plan.Plan) bundle {
	w.objects = append(w.objects, object{
		Type: "extension-definition", SpecVersion: "2.1", ID: extension, CreatedBy: "identity--d673f8cb-c168-42da-8ed4-0cb26725f86c", Created: "2022-08-02T19:34:35.143Z",
		Modified: "2022-08-02T19:34:35.143Z", Name: "Attack Flow", Description: "Extends STIX 2.1 with features to create Attack Flows.", Version: "2.0.0",
		Schema:         "https://center-for-threat-informed-defense.github.io/attack-flow/stix/attack-flow-schema-2.0.0.json",
		ExtensionTypes: []string{"new-sdo"},
	}, object{
		Type: "identity", SpecVersion: "2.1", ID: "identity--d673f8cb-c168-42da-8ed4-0cb26725f86c", Created: "2022-08-02T19:34:35.143Z", Modified: "2022-08-02T19:34:35.143Z",
		Name: "MITRE Center for Threat-Informed Defense", Class: "organization",
	})
	author := w.add("identity", "ringer", object{Name: "ringer", Class: "system"})
	flow := object{Name: p.Title, Scope: "emulation-plan", CreatedBy: author}
	for _, text := range p.References {
		flow.References = append(flow.References, referenceOf(text))
	}
	at := len(w.objects)
	w.objects = append(w.objects, object{}) // the flow's, which names what comes later
	for _, actor := range p.Actors {
		w.add("threat-actor", actor.Name, object{Name: actor.Title, Aliases: actor.Aliases, CreatedBy: author})
	}
	for _, asset := range p.Assets {
		w.add("attack-asset", asset.Name, object{Name: asset.Place.Hostname, Description: asset.Place.Kind.Summary, CreatedBy: author})
	}
	next, starts := follow(s, p)
	for _, step := range p.Steps {
		action := object{
			Name: step.ID, Description: step.Behaviour.Name + ": " + step.Behaviour.Summary, Technique: step.Technique, CreatedBy: author,
			Assets: []string{w.id("attack-asset", step.Asset)},
		}
		for _, later := range next[step.ID] {
			action.Effects = append(action.Effects, w.id("attack-action", later))
		}
		w.add("attack-action", step.ID, action)
		if starts[step.ID] {
			flow.Starts = append(flow.Starts, w.id("attack-action", step.ID))
		}
	}
	for _, gap := range p.Gaps {
		flow.Starts = append(flow.Starts, w.add("attack-action", "gap "+gap.ID, object{
			Name: gap.Title, Description: "Not performed: " + gap.Because, Technique: gap.Technique, CreatedBy: author,
		}))
	}
	w.objects[at] = w.object("attack-flow", "", flow)
	return bundle{"bundle", w.id("bundle", ""), w.objects}
}

// follow says which steps come next after each, and which come after none: as `after`
// says, and otherwise in the order in which they are performed.
func follow(s *scenario.Scenario, p *plan.Plan) (next map[string][]string, starts map[string]bool) {
	next, starts = map[string][]string{}, map[string]bool{}
	after := map[string][]string{}
	for _, step := range s.Steps {
		for _, earlier := range step.After {
			after[step.Name.Text] = append(after[step.Name.Text], earlier.Text)
		}
	}
	for i, step := range p.Steps {
		before := after[step.ID]
		if before == nil && i > 0 {
			before = []string{p.Steps[i-1].ID}
		}
		for _, earlier := range before {
			next[earlier] = append(next[earlier], step.ID)
		}
		starts[step.ID] = len(before) == 0
	}
	return next, starts
}

func referenceOf(text string) reference {
	if i := strings.Index(text, "https://"); i >= 0 && !strings.ContainsAny(text[i:], " \t") {
		if source := strings.TrimRight(text[:i], " ,:"); source != "" {
			return reference{Source: source, URL: text[i:]}
		}
		return reference{Source: text[i:], URL: text[i:]}
	}
	return reference{Source: "reference", Description: text}
}

// add adds an object and returns its id.
func (w *writer) add(kind, name string, o object) string {
	o = w.object(kind, name, o)
	w.objects = append(w.objects, o)
	return o.ID
}

func (w *writer) object(kind, name string, o object) object {
	o.Type, o.SpecVersion, o.ID, o.Created, o.Modified = kind, "2.1", w.id(kind, name), w.at, w.at
	if strings.HasPrefix(kind, "attack-") {
		o.Extensions = map[string]newTypes{extension: {"new-sdo"}}
	}
	return o
}

// id is that of an object of the scenario.
func (w *writer) id(kind, name string) string {
	return kind + "--" + uuid.NewSHA1(uuid.NameSpaceURL, []byte("ringer/"+w.scenario+"/"+kind+"/"+name)).String()
}
