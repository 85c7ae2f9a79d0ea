package scenario

import (
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var scenarioBlock = &schema.Block{
	Name:   "scenario",
	Labels: []schema.Label{{Name: "name", Doc: "the name by which reports, `ringer run` and `ringer explain` refer to it"}},
	Doc: "Names a scenario. Exactly one file of a scenario has this block; it is also what makes a file, or the files of a folder, " +
		"a scenario: see [files].",
	Least: 1, Most: 1,
	Example: `
scenario "carrier-mail" {
  title      = "Pages in the mail server's folders"
  attack     = "19.0"
  references = ["Cybereason, DeadRinger, 2021", "ATT&CK, G0027"]
  tags       = ["mail", "nightly"]
  library    = [] # or folders such as "../our_behaviours"
}
`,
	Attributes: []schema.Attribute{
		{Name: "title", Type: schema.String, Default: "the name", Doc: "What it is about, in one line; reports show it."},
		{Name: "attack", Type: schema.String, Default: "the newest that ringer has, which `ringer version` shows", Doc: "The version of ATT&CK that the " +
			"scenario speaks: `18.1` or `19.0`. Its techniques are read, and reported, as ids of that version. An id of the other version is taken for the one that " +
			"stands in its place, and a warning names that; `ringer fmt --attack 19` writes it."},
		{Name: "references", Type: schema.Strings, Doc: "The reports that it is based on, as text. Nothing is downloaded."},
		{Name: "tags", Type: schema.Strings, Default: "none", Doc: "Words of your own, by which `ringer run --tag WORD` chooses it."},
		libraryAttribute,
	},
}

var actorBlock = &schema.Block{
	Name:   "actor",
	Labels: []schema.Label{{Name: "name", Doc: "the name by which steps refer to it: `by = actor.NAME`"}},
	Doc:    "Says who performs steps: a group that was reported of, your own red team, or a cluster that nobody has named.",
	Example: `
actor "emissary_panda" {
  group = "G0027"
}

actor "night_shift" {
  aliases    = ["Red Team North", "RT-7"]
  references = ["https://wiki.example/red-team/night-shift"]
}
`,
	Attributes: []schema.Attribute{
		{Name: "group", Type: schema.String, Default: "none: an actor that ATT&CK does not know", Doc: "The id of the group in ATT&CK, such as `G0027`."},
		{Name: "aliases", Type: schema.Strings, Default: "none; those of the group are known", Doc: "Further names, which reports show."},
		{Name: "references", Type: schema.Strings, Default: "none", Doc: "The addresses of what was reported of it, each beginning with `https://` or `http://`. Nothing is downloaded."},
	},
}

// decodeHeader decodes the scenario block. If there are several, the first one counts
// and the others are reported.
func (d *decoder) decodeHeader(block *hcl.Block, out *Scenario) {
	if out.Name.Text != "" {
		d.Errorf(diagnostic.AtBlock(block), "Duplicate scenario", "The block at %s already declares scenario %q. Put each scenario in a file of its own.",
			diagnostic.FileLine(out.Name.Range), out.Name.Text)
		return
	}
	out.Name, out.File = d.declareName("scenario", block, 0), block.DefRange.Filename
	c := d.decodeBlock(block, scenarioBlock)
	out.Title = oneLine(valueOr(c, "title", out.Name.Text))
	out.References, _ = value[[]string](c, "references")
	out.Tags, _ = value[[]string](c, "tags")
	out.Attack = attack.Current
	if given, ok := value[string](c, "attack"); ok {
		out.Attack = d.attackVersion(c.Attributes["attack"], given)
	}
}

// attackVersion returns the version of ATT&CK that a scenario speaks. If ringer has no
// tables of it, it warns and returns the nearest.
func (d *decoder) attackVersion(attr *hcl.Attribute, given string) attack.Version {
	if version, ok := attack.FindVersion(given); ok {
		return version
	}
	nearest, ok := attack.NearestVersion(given)
	if !ok {
		d.Errorf(diagnostic.AtValue(attr), "Unknown ATT&CK version", "%q is not the number of a version of ATT&CK: expected %q or %q.", given, attack.V18, attack.V19)
		return attack.Current
	}
	d.Warnf(diagnostic.AtValue(attr), "Other ATT&CK version",
		"The scenario was written for ATT&CK %s; ids are read as those of %s, the nearest that ringer has. Check that they still mean the same, then set attack = %q.",
		given, nearest, nearest)
	return nearest
}

func (d *decoder) decodeActor(block *hcl.Block) Actor {
	out := Actor{Name: label(block, 0)}
	c := d.decodeBlock(block, actorBlock)
	if id, ok := value[string](c, "group"); ok {
		if out.Group, ok = attack.FindGroup(id); !ok {
			d.Errorf(diagnostic.AtValue(c.Attributes["group"]), "Unknown ATT&CK group", "ATT&CK %s has no group %q. %s", attack.GroupVersion, id, suggestGroup(id))
		}
	}
	out.Aliases = valueOr(c, "aliases", []string(nil))
	if slices.ContainsFunc(out.Aliases, func(alias string) bool { return strings.TrimSpace(alias) == "" }) {
		d.Errorf(diagnostic.AtValue(c.Attributes["aliases"]), "Empty text", `"aliases" must not contain an empty name. Remove it.`)
	}
	out.References = valueOr(c, "references", []string(nil))
	for _, reference := range out.References {
		if at, err := url.Parse(reference); err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
			d.Errorf(diagnostic.AtValue(c.Attributes["references"]), "Invalid address", "%q is not the address of a page: expected one that begins with https:// or http://.", reference)
		}
	}
	return out
}

// suggestGroup returns a sentence with the nearest group, by name as well as by id.
func suggestGroup(given string) string {
	if group, ok := attack.FindGroupByName(given); ok {
		return group.Name + " is " + group.ID + "."
	}
	var ids, names []string
	for _, group := range attack.Groups() {
		ids = append(ids, group.ID)
		names = append(names, group.Aliases...)
	}
	if group, ok := attack.FindGroupByName(diagnostic.Nearest(given, names)); ok {
		return "Did you mean " + group.Name + ", " + group.ID + "?"
	}
	if near, ok := attack.FindGroup(diagnostic.Nearest(given, ids)); ok {
		return "Did you mean " + near.ID + ", " + near.Name + "?"
	}
	return "Groups are at https://attack.mitre.org/groups/."
}
