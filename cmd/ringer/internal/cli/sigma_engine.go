package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/placeholder"
	"github.com/ringer-lab/ringer/emulation/sigma/wazuh"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// engineFlags say how rules are to be understood.
type engineFlags struct {
	placeholders []string
	files        []string
	taxonomy     string
}

// sigmaTaxonomy is the taxonomy of the specification.
const sigmaTaxonomy = "sigma"

func (f *engineFlags) addTo(cmd *cobra.Command) {
	f.addPlaceholders(cmd)
	cmd.Flags().Var(choose(&f.taxonomy, sigmaTaxonomy, wazuh.Taxonomy), "taxonomy", "the `TAXONOMY` of rules that name none: sigma, or wazuh for those of Wazuh 5")
}

func (f *engineFlags) addPlaceholders(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.placeholders, "placeholder", nil, "the values of a placeholder with commas between, as `NAME=VALUES`; may be given several times")
	cmd.Flags().StringArrayVar(&f.files, "placeholders", nil, "a YAML `FILE` that maps the names of placeholders to lists of values")
}

// maxPlaceholders is the most bytes that a file of placeholders may have.
const maxPlaceholders = 16 << 20

// compile makes a set of the rules, and returns it with the rules as they were taken,
// those that are left out among them, and the problems found. It fails with a usage error
// if the values of placeholders cannot be read.
func (f *engineFlags) compile(rules []*sigma.Rule) (*sigma.Set, []*sigma.Rule, []sigma.Problem, error) {
	values := placeholder.Values{}
	for _, name := range f.files {
		content, err := userfile.Read(name, maxPlaceholders)
		if err == nil {
			err = values.File(content)
		}
		if err != nil {
			return nil, nil, nil, usageError{fmt.Errorf("--placeholders: %s: %w", name, err)}
		}
	}
	for _, text := range f.placeholders {
		if err := values.Argument(text); err != nil {
			return nil, nil, nil, usageError{fmt.Errorf("--placeholder: %w", err)}
		}
	}
	options := []sigma.Option{sigma.Placeholders(values)}
	var leftOut []*sigma.Rule
	var problems []sigma.Problem
	if f.ofWazuh() {
		rules, leftOut, problems = wazuh.Prepare(rules)
		options = append(options, sigma.Taxonomy(wazuh.Taxonomy, func(field string) string { return field }))
	}
	set, more := sigma.Compile(rules, options...)
	return set, slices.Concat(rules, leftOut), append(problems, more...), nil
}

func (f *engineFlags) ofWazuh() bool { return f.taxonomy == wazuh.Taxonomy }

// name gives the fields of an event the names that the rules have for them.
func (f *engineFlags) name(event *logevent.Event) {
	if f.ofWazuh() {
		wazuh.Translate(event)
	}
}
