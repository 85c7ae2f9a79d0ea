package behaviour

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// readHost reads a kind of host. Of a host that it extends it has the files, and what it
// does not say itself but a summary.
func (r *reader) readHost(d *definition) {
	before := r.ErrorCount()
	one := instance{Of: hostBlock, Block: d.block, Content: r.Content(d.block.Body, hostBlock), Ctx: r.root}
	chain := r.extendedHosts(one)
	given := map[string]any{}
	var extends []string
	var logs []asset.LogSource
	for _, base := range slices.Backward(chain) {
		r.within(base.library, func() {
			maps.Copy(given, r.Attributes(base.Content, hostBlock.Attributes, base.library.root))
		})
		if attr := base.Content.Attributes["logs"]; attr != nil {
			platform, _ := given["platform"].(string)
			r.within(base.library, func() { logs = append(logs, r.logsNamed(attr, effect.Platform(platform))...) })
		}
		if base.Of == hostBlock && base.Block != d.block {
			extends = append(extends, base.Block.Labels[0])
			delete(given, "summary")
		}
	}
	for _, name := range []string{"platform", "summary", "hostname", "accounts"} {
		if _, ok := given[name]; !ok && one.Content.Attributes[name] == nil {
			r.Errorf(diagnostic.AtBlock(d.block), "Missing attribute", "This host must have %q.", name)
		}
	}
	if r.ErrorCount() != before {
		return
	}
	kind := asset.Kind{
		Name: d.block.Labels[0], Extends: extends, Platform: effect.Platform(given["platform"].(string)), Summary: given["summary"].(string),
		Hostname: given["hostname"].(string), Accounts: given["accounts"].(map[string]string), Logs: logs,
	}
	kind.Services, _ = given["services"].([]string)
	users, ok := given["users"].(cty.Value)
	if !ok {
		users = cty.EmptyTupleVal
	}
	host := map[string]cty.Value{"host": cty.ObjectVal(map[string]cty.Value{
		"kind": cty.StringVal(kind.Name), "hostname": cty.StringVal(kind.Hostname), "accounts": argument.ToHCL(kind.Accounts), "users": users,
	})}
	r.Platform = kind.Platform
	for _, base := range slices.Backward(chain) {
		base.Ctx = base.library.root.NewChild()
		base.Ctx.Variables = host
		r.within(base.library, func() { kind.Files = append(kind.Files, r.filesOf(base.instance)...) })
	}
	r.Platform = ""
	if r.ErrorCount() == before {
		r.library.kinds[kind.Name] = kind
	}
}

// hostPart is a host, or one that it extends, or a template.
type hostPart struct {
	instance
	library *Library
}

// extendedHosts are a host and what it extends, the nearest first.
func (r *reader) extendedHosts(one instance) []hostPart {
	chain := []hostPart{{one, r.library}}
	for {
		last := chain[len(chain)-1]
		attr := last.Content.Attributes["extends"]
		if attr == nil {
			return chain
		}
		if len(chain) > maxExtends {
			r.Errorf(diagnostic.AtValue(attr), "Circular reference", "At most %d templates may extend one another.", maxExtends)
			return chain
		}
		var base *definition
		r.within(last.library, func() { base = r.hostOrTemplate(attr) })
		if base == nil {
			return chain
		}
		chain = append(chain, hostPart{instance{Of: base.of, Block: base.block, Content: r.Content(base.block.Body, base.of)}, base.library})
	}
}

// filesOf are the files and folders that a host's block or a template has.
func (r *reader) filesOf(one instance) []asset.File {
	var all []asset.File
	var blocks hcl.Blocks
	for _, block := range one.Content.Blocks {
		if block.Type == "file" || block.Type == "folder" || block.Type == "dynamic" {
			blocks = append(blocks, block)
		}
	}
	for inner := range r.Each(blocks, hostBlock, one.Ctx) {
		switch inner.Of {
		case fileBlock:
			var says fileAttributes
			if r.Fill(&says, inner) {
				all = append(all, asset.File{Path: says.Path, Content: argument.Bytes(says.Content), Mode: argument.Mode(says.Mode), Days: says.Days})
			}
		case placeBlock:
			var says folderAttributes
			if r.Fill(&says, inner) {
				all = append(all, asset.File{Path: says.Path, Folder: true, Mode: argument.Mode(says.Mode)})
			}
		}
	}
	return all
}

// hostOrTemplate is the host, or the template of hosts, that an attribute names.
func (r *reader) hostOrTemplate(attr *hcl.Attribute) *definition {
	if name, ok := named(attr.Expr, "host"); ok {
		return findIn(&r.evaluation, attr, "host", name, func(l *Library) map[string]*definition { return l.hosts })
	}
	return r.template(attr, "host")
}
