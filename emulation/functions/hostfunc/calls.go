package hostfunc

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/ringer-lab/ringer/emulation/act"
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
)

var libraryFunction = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "version", Type: cty.DynamicPseudoType}, {Name: "signer", Type: cty.String}, {Name: "status", Type: cty.String}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(cty.String), nil
		}
		var version act.Version
		if err := versionShape.Into(&version, args[0]); err != nil {
			return cty.NilVal, function.NewArgErrorf(0, "%s", err)
		}
		signature := artifact.Signature{By: args[1].AsString(), Status: args[2].AsString()}
		return cty.StringVal(string(artifact.Library(version.Resource(), signature))), nil
	},
})

var versionShape = argument.Argument{Name: "version", Type: "object", Arguments: argument.Of[act.Version]()}

var versionFunction = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "name", Type: cty.String}},
	Type: function.StaticReturnType(cty.Object(map[string]cty.Type{
		"original_name": cty.String, "description": cty.String, "product": cty.String, "company": cty.String, "file_version": cty.String,
	})),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		of := artifact.ResourceOf(args[0].AsString())
		return cty.ObjectVal(map[string]cty.Value{
			"original_name": cty.StringVal(of.OriginalFileName), "description": cty.StringVal(of.Description), "product": cty.StringVal(of.Product),
			"company": cty.StringVal(of.Company), "file_version": cty.StringVal(of.FileVersion),
		}), nil
	},
})

var auditPolicyFunction = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "subcategories", Type: cty.List(cty.Object(map[string]cty.Type{"name": cty.String, "guid": cty.String}))}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return cty.UnknownVal(cty.String), nil
		}
		var all []artifact.AuditSubcategory
		for it := args[0].ElementIterator(); it.Next(); {
			_, one := it.Element()
			all = append(all, artifact.AuditSubcategory{Name: one.GetAttr("name").AsString(), GUID: one.GetAttr("guid").AsString()})
		}
		return cty.StringVal(string(artifact.EncodeAuditPolicy(all...))), nil
	},
})

// lastSeparator is the place of the last separator in a path: of Windows, if there is a
// backslash in it, else of Linux.
func lastSeparator(path string) int {
	if i := strings.LastIndexByte(path, '\\'); i >= 0 {
		return i
	}
	return strings.LastIndexByte(path, '/')
}

func extension(path string) string {
	name := path[lastSeparator(path)+1:]
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return ""
	}
	return strings.ToLower(name[i:])
}

func toggledTask(definition string) string {
	toggled, ok := artifact.ToggleTask([]byte(definition))
	if !ok {
		return definition + "<!-- older -->\n"
	}
	return string(toggled)
}

func markedTask(definition string) string {
	if definition == "" {
		definition = artifact.BlankTask
	}
	return string(artifact.MarkTask(definition))
}

type taskAttributes struct {
	Name    string `arg:"name" doc:"its path among the tasks" form:"path_below" max:"255"`
	Author  string `arg:"author" doc:"who registered it" form:"line" max:"255" default:""`
	RunAs   string `arg:"run_as" doc:"whose task it is" form:"line" max:"255" default:""`
	Trigger string `arg:"trigger" doc:"when it would start" oneof:"onstart,onlogon,once,daily" default:"onstart"`
	Command string `arg:"command" doc:"its program" form:"line" max:"1024"`
	Short   bool   `arg:"short" doc:"whether it is that of an old host" default:"false"`
}

func taskDefinition(t taskAttributes) string {
	task := artifact.Task{Name: t.Name, Author: t.Author, UserID: asset.WindowsSID(t.RunAs), Trigger: act.Trigger(t.Trigger), Commands: []string{t.Command}}
	if t.Short {
		return string(task.EncodeShort())
	}
	return string(task.Encode())
}

type recordAttributes struct {
	Provider string            `arg:"provider" doc:"whose record it is" form:"line" max:"100"`
	ID       int               `arg:"id" doc:"the event id" min:"0" max:"65535"`
	Data     map[string]string `arg:"data" doc:"the record's named texts" form:"text" max:"32768" default:""`
}

type accessAttributes struct {
	Client  string `arg:"client" doc:"the client's address" form:"address" max:"64"`
	Method  string `arg:"method" doc:"the method" form:"line" max:"16" default:"GET"`
	Path    string `arg:"path" doc:"the page's path" form:"line" max:"1024"`
	Query   string `arg:"query" doc:"the query" form:"line" max:"1024" default:""`
	Status  string `arg:"status" doc:"the status" form:"line" max:"3" default:"200"`
	Bytes   string `arg:"bytes" doc:"the size of the answer" form:"line" max:"12" default:"64"`
	Referer string `arg:"referer" doc:"where the client says it comes from" form:"line" max:"1024" default:"-"`
	Agent   string `arg:"agent" doc:"what the client calls itself" form:"line" max:"256" default:"-"`
}

type accountAttributes struct {
	Name     string `arg:"name" doc:"its name" form:"entry" max:"32"`
	Password string `arg:"password" doc:"x, or ! for one that is locked" form:"entry" max:"8" default:"x"`
	UID      int    `arg:"uid" doc:"its number" min:"0" max:"65534"`
	GID      int    `arg:"gid" doc:"its group's number" min:"0" max:"65534"`
	Comment  string `arg:"comment" doc:"who it is" form:"entry" max:"255" default:""`
	Home     string `arg:"home" doc:"its home folder" form:"entry" max:"255"`
	Shell    string `arg:"shell" doc:"its shell" form:"entry" max:"255"`
}
