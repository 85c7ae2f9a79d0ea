package reenact

import (
	"context"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// HCL returns a replay as a scenario file of that name that can be run, without the
// steps that have no act. A rule is expected to fire at the steps whose recorded event
// it matches. HCL fails only if ctx ends.
func HCL(ctx context.Context, name string, replay Replay, rules *detect.Sigma) ([]byte, error) {
	out := hclwrite.NewEmptyFile()
	body := out.Body()
	head := body.AppendNewBlock("scenario", []string{name}).Body()
	head.SetAttributeValue("title", cty.StringVal(titleOf(replay, rules)))
	head.SetAttributeValue("attack", cty.StringVal(string(attack.Current)))
	head.SetAttributeValue("references", cty.ListVal([]cty.Value{cty.StringVal("recording " + replay.Dir)}))
	body.AppendNewline()
	body.AppendNewBlock("asset", []string{AssetKind, hostName})
	for i, step := range replay.Steps {
		if step.Unsupported != "" {
			continue
		}
		body.AppendNewline()
		if err := writeStep(ctx, body, i, step, replay.Rules, rules); err != nil {
			return nil, err
		}
	}
	return hclwrite.Format(out.Bytes()), nil
}

func writeStep(ctx context.Context, body *hclwrite.Body, number int, step Step, ids []string, rules *detect.Sigma) error {
	block := body.AppendNewBlock("step", []string{"reenact", ID(number)}).Body()
	block.SetAttributeRaw("on", hclwrite.TokensForIdentifier("asset."+hostName))
	if technique := techniqueOf(ids, rules); technique != "" {
		block.SetAttributeValue("technique", cty.StringVal(technique))
	}
	with := block.AppendNewBlock("with", nil).Body()
	for _, name := range sortedNames(step.Args) {
		with.SetAttributeValue(name, ctyOf(step.Args[name]))
	}
	recorded := event.Event{ID: "recorded", Time: time.Unix(0, 0), Fields: step.Recorded.fields()}
	for _, source := range step.Recorded.Sources {
		recorded.Sources = append(recorded.Sources, event.LogSource(source))
	}
	matching, err := countAlerts(ctx, rules, []event.Event{recorded})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if matching[id] > 0 {
			block.AppendNewline()
			expect := block.AppendNewBlock("expect", []string{"sigma", id}).Body()
			expect.SetAttributeRaw("verdict", hclwrite.TokensForIdentifier("fires"))
		}
	}
	return nil
}

// fields returns the recorded event's fields, those of its header included.
func (r RecordedEvent) fields() map[string]any {
	all := map[string]any{"Channel": r.Channel, "EventID": r.ID, "Provider_Name": r.Provider, "Level": r.Level}
	for name, value := range r.Data {
		all[name] = value
	}
	return all
}

func ctyOf(value any) cty.Value {
	switch v := value.(type) {
	case string:
		return cty.StringVal(v)
	case int:
		return cty.NumberIntVal(int64(v))
	case []string:
		all := make([]cty.Value, len(v))
		for i, text := range v {
			all[i] = cty.StringVal(text)
		}
		return cty.ListVal(all)
	case Args:
		all := map[string]cty.Value{}
		for name, inner := range v {
			all[name] = ctyOf(inner)
		}
		return cty.ObjectVal(all)
	case map[string]string:
		all := map[string]cty.Value{}
		for name, inner := range v {
			all[name] = cty.StringVal(inner)
		}
		return cty.ObjectVal(all)
	}
	panic(fmt.Sprintf("reenact: an argument is %T", value))
}

func sortedNames(args Args) []string {
	names := make([]string, 0, len(args))
	for name := range args {
		names = append(names, name)
	}
	// The act comes first, as the other arguments depend on it.
	slices.SortFunc(names, func(a, b string) int {
		if first := (b == "act"); first != (a == "act") {
			if first {
				return 1
			}
			return -1
		}
		return strings.Compare(a, b)
	})
	return names
}

var notInLabel = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^A-Za-z0-9_-]+`) })

// longestLabel is the largest length of a scenario's name.
const longestLabel = 63

// Label returns a recording's name in a form that can name a scenario and a file.
func Label(name string) string {
	label := notInLabel().ReplaceAllString(name, "_")
	if label == "" || label[0] >= '0' && label[0] <= '9' || label[0] == '-' {
		label = "r_" + label
	}
	if len(label) > longestLabel {
		sum := fnv.New32a()
		_, _ = sum.Write([]byte(label)) // a hash does not fail
		label = fmt.Sprintf("%s_%08x", label[:longestLabel-9], sum.Sum32())
	}
	return label
}

func titleOf(replay Replay, rules *detect.Sigma) string {
	for _, id := range replay.Rules {
		if rule, ok := rules.FullRule(id); ok {
			return "Re-enacted: " + rule.Title
		}
	}
	return "Re-enacted: " + replay.Name
}

// techniqueOf returns the first ATT&CK technique in the tags of the rules, as the
// current version has it; ""
// if there is none.
func techniqueOf(ids []string, rules *detect.Sigma) string {
	for _, id := range ids {
		rule, ok := rules.FullRule(id)
		if !ok {
			continue
		}
		for _, tag := range rule.Tags {
			given, _ := attack.TagTechnique(tag)
			id, ok := attack.Current.Counterpart(given)
			if found, _ := attack.Current.Technique(id); ok && !found.Deprecated {
				return id
			}
		}
	}
	return ""
}
