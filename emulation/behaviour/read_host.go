package behaviour

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// readHost reads a kind of host, with the files of the templates that it extends
// first.
func (r *reader) readHost(d *definition) {
	before := r.ErrorCount()
	one := instance{of: hostBlock, block: d.block, content: r.content(d.block.Body, hostBlock), ctx: r.root}
	var says hostAttributes
	if !r.fill(&says, one) {
		return
	}
	for _, name := range []string{"platform", "summary", "hostname", "accounts"} {
		if one.content.Attributes[name] == nil {
			r.Errorf(diagnostic.AtBlock(d.block), "Missing attribute", "This host must have %q.", name)
		}
	}
	kind := asset.Kind{
		Name: d.block.Labels[0], Platform: effect.Platform(says.Platform), Summary: says.Summary, Hostname: says.Hostname,
		Accounts: says.Accounts, Services: says.Services,
	}
	if len(says.Services) == 0 {
		kind.Services = nil
	}
	r.platform = kind.Platform
	users := cty.EmptyTupleVal
	if attr := one.content.Attributes["users"]; attr != nil {
		if got, ok := r.evaluate(attr, r.root); ok {
			users = got
		}
	}
	ctx := r.root.NewChild()
	ctx.Variables = map[string]cty.Value{"host": cty.ObjectVal(map[string]cty.Value{
		"kind": cty.StringVal(kind.Name), "hostname": cty.StringVal(kind.Hostname), "accounts": inHCL(kind.Accounts), "users": users,
	})}
	one.ctx = ctx
	kind.Files = r.filesOf(one, ctx, 0)
	if r.ErrorCount() == before {
		r.library.kinds[kind.Name] = kind
	}
}

func (r *reader) filesOf(one instance, ctx *hcl.EvalContext, depth int) []asset.File {
	var all []asset.File
	if attr := one.content.Attributes["extends"]; attr != nil {
		if depth == maxExtends {
			r.Errorf(diagnostic.AtValue(attr), "Circular reference", "At most %d templates may extend one another.", maxExtends)
			return nil
		}
		if base := r.hostOrTemplate(attr); base != nil {
			inner := instance{of: base.of, block: base.block, content: r.content(base.block.Body, base.of), ctx: ctx}
			all = r.filesOf(inner, ctx, depth+1)
		}
	}
	var blocks hcl.Blocks
	for _, block := range one.content.Blocks {
		if block.Type == "file" || block.Type == "folder" || block.Type == "dynamic" {
			blocks = append(blocks, block)
		}
	}
	for inner := range r.each(blocks, hostBlock, ctx) {
		switch inner.of {
		case fileBlock:
			var says fileAttributes
			if r.fill(&says, inner) {
				all = append(all, asset.File{Path: says.Path, Content: bytesOf(says.Content), Mode: modeOf(says.Mode), Days: says.Days})
			}
		case placeBlock:
			var says folderAttributes
			if r.fill(&says, inner) {
				all = append(all, asset.File{Path: says.Path, Folder: true, Mode: modeOf(says.Mode)})
			}
		}
	}
	return all
}

// hostOrTemplate is the host, or the template of hosts, that an attribute names.
func (r *reader) hostOrTemplate(attr *hcl.Attribute) *definition {
	path, problems := hcl.AbsTraversalForExpr(attr.Expr)
	if problems.HasErrors() || len(path) != 2 || path.RootName() != "host" {
		return r.template(attr, "host")
	}
	name := path[1].(hcl.TraverseAttr).Name
	found, ok := r.library.hosts[name]
	if !ok {
		r.Errorf(diagnostic.AtValue(attr), "Unknown reference", "There is no host %q. %s", name, diagnostic.Suggest(name, slices.Collect(maps.Keys(r.library.hosts))))
		return nil
	}
	return found
}
