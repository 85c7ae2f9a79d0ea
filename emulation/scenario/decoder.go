package scenario

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/dynblock"
)

// decoder reads one scenario. errorCount counts the mistakes: a part is valid if
// it did not grow while the part was read. It also counts what cannot be read
// because of a mistake elsewhere, which is reported there.
type decoder struct {
	vocabulary     Vocabulary
	variableValues map[string]string
	scope          *scope
	taken          map[string]declaration
	declared       map[string]bool
	problems       hcl.Diagnostics
	errorCount     int
}

// earlyBlocks are the blocks that are read before any expression can be.
var earlyBlocks = []hcl.BlockHeaderSchema{
	{Type: "variable", LabelNames: []string{"name"}},
	{Type: "locals"},
}

var topLevel = &hcl.BodySchema{Blocks: append([]hcl.BlockHeaderSchema{
	{Type: "scenario", LabelNames: []string{"name"}},
	{Type: "actor", LabelNames: []string{"name"}},
	{Type: "asset", LabelNames: []string{"kind", "name"}},
	{Type: "step", LabelNames: []string{"behaviour", "name"}},
	{Type: "baseline", LabelNames: []string{"kind", "name"}},
	{Type: "profile", LabelNames: []string{"name"}},
	{Type: "fault", LabelNames: []string{"kind", "name"}},
}, earlyBlocks...)}

func newDecoder(words Vocabulary, given map[string]string) *decoder {
	return &decoder{vocabulary: words, variableValues: given, scope: newScope(), taken: map[string]declaration{}, declared: map[string]bool{}}
}

// decodeFiles reads a scenario from the files it is written in.
func (d *decoder) decodeFiles(files []*hcl.File) *Scenario {
	rest := d.decodeEarlyBlocks(files)
	blocks := d.expand(rest)
	d.declareNames(blocks)
	d.checkLimits(blocks)

	out := &Scenario{}
	for _, block := range blocks["scenario"] {
		d.decodeHeader(block, out)
	}
	for _, block := range blocks["actor"] {
		out.Actors = append(out.Actors, d.decodeActor(block))
	}
	for _, block := range blocks["asset"] {
		out.Assets = append(out.Assets, d.decodeAsset(block))
	}
	for _, block := range blocks["step"] {
		out.Steps = append(out.Steps, d.decodeStep(block, out))
	}
	for _, block := range blocks["baseline"] {
		out.Baselines = append(out.Baselines, d.decodeBaseline(block, out))
	}
	out.Conditions = d.decodeConditions(blocks)
	out.Valid = d.errorCount == 0
	return out
}

// decodeEarlyBlocks reads variables and locals and gives what remains of each file.
func (d *decoder) decodeEarlyBlocks(files []*hcl.File) []hcl.Body {
	var rest []hcl.Body
	var variables, locals []*hcl.Block
	for _, file := range files {
		content, remain, problems := file.Body.PartialContent(&hcl.BodySchema{Blocks: earlyBlocks})
		d.report(problems...)
		rest = append(rest, remain)
		for _, block := range content.Blocks {
			if block.Type == "variable" {
				variables = append(variables, block)
			} else {
				locals = append(locals, block)
			}
		}
	}
	d.decodeVariables(variables)
	d.decodeLocals(locals)
	return rest
}

// expand unfolds dynamic blocks and sorts all blocks by type.
func (d *decoder) expand(bodies []hcl.Body) map[string][]*hcl.Block {
	byType := map[string][]*hcl.Block{}
	for _, body := range bodies {
		content := d.decodeBody(dynblock.Expand(body, d.scope.ctx), topLevel)
		for _, block := range content.Blocks {
			if block.Type == "variable" || block.Type == "locals" {
				d.errorf(atBlock(block), "Unsupported dynamic block",
					"A %s block cannot be dynamic: it is evaluated before any for_each.", block.Type)
				continue
			}
			byType[block.Type] = append(byType[block.Type], block)
		}
	}
	return byType
}

// declareNames enters all names, so that references can lead forward.
func (d *decoder) declareNames(blocks map[string][]*hcl.Block) {
	names := map[string][]string{}
	for _, block := range blocks["actor"] {
		names["actor"] = append(names["actor"], d.declareName("actor", block, 0).Text)
	}
	for _, block := range blocks["asset"] {
		names["asset"] = append(names["asset"], d.declareName("asset", block, 1).Text)
	}
	for _, block := range blocks["step"] {
		names["step"] = append(names["step"], d.declareName("step", block, 1).Text)
	}
	for _, block := range blocks["baseline"] {
		// An event's lineage names a step or a baseline by one id.
		d.declareName("step", block, 1)
	}
	d.scope.setReferences("actor", actorType, names["actor"])
	d.scope.setReferences("asset", assetType, names["asset"])
	d.scope.setReferences("step", stepType, names["step"])
}

// decodeBlock reads a block's attributes and blocks by their names.
func (d *decoder) decodeBlock(block *hcl.Block, attributes []string, blocks ...hcl.BlockHeaderSchema) *hcl.BodyContent {
	schema := &hcl.BodySchema{Blocks: blocks}
	for _, name := range attributes {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: name})
	}
	return d.decodeBody(block.Body, schema)
}

// decodeBody reads a body, and says of what it should not hold what it may.
func (d *decoder) decodeBody(body hcl.Body, schema *hcl.BodySchema) *hcl.BodyContent {
	content, problems := body.Content(schema)
	for _, problem := range d.scope.explainUnknown(problems) {
		unsupported := problem.Summary == "Unsupported argument" || problem.Summary == "Unsupported block type"
		if unsupported && !strings.Contains(problem.Detail, "Did you mean to define") {
			detail, _, _ := strings.Cut(problem.Detail, " Did you mean")
			_, from, _ := strings.Cut(detail, `"`)
			name, _, _ := strings.Cut(from, `"`)
			problem.Detail = detail + " " + expected(name, schema, content)
		}
		d.report(problem)
	}
	return content
}

// expected says what a body may hold. HCL's own nearest name is any within two
// letters, "on" for "to", and it looks for none among dynamic blocks.
func expected(found string, schema *hcl.BodySchema, given *hcl.BodyContent) string {
	var all, missing []string
	for _, attr := range schema.Attributes {
		all = append(all, attr.Name)
		if given.Attributes[attr.Name] == nil {
			missing = append(missing, attr.Name)
		}
	}
	for _, block := range schema.Blocks {
		all, missing = append(all, "a block "+block.Type), append(missing, block.Type)
	}
	if near := Nearest(found, missing); near != "" {
		return fmt.Sprintf("Did you mean %q?", near)
	}
	if len(all) == 0 {
		return "Nothing is expected here."
	}
	return "Expected: " + strings.Join(all, ", ") + "."
}

// requireAttribute gives an attribute that must be there; what says what it is for.
func (d *decoder) requireAttribute(block *hcl.Block, content *hcl.BodyContent, name, what string) *hcl.Attribute {
	attr := content.Attributes[name]
	switch {
	case attr == nil:
		d.errorf(atBlock(block), "Missing attribute", "This %s must have %q: %s.", block.Type, name, what)
	case d.isNull(attr):
		d.errorf(atValue(attr), "Missing attribute", "%q cannot be null: %s.", name, what)
		return nil
	}
	return attr
}
