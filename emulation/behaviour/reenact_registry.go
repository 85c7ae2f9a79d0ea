package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// registryValue is type and data of a value.
type registryValue struct {
	Type string `arg:"type" doc:"as the registry names it" oneof:"REG_SZ,REG_EXPAND_SZ,REG_DWORD,REG_QWORD,REG_BINARY,REG_MULTI_SZ,REG_NONE" default:"REG_SZ"`
	Data string `arg:"data" doc:"its data as text; a number's is decimal" form:"text" max:"32768" default:""`
}

func (v registryValue) value() artifact.Value { return artifact.Value{Type: v.Type, Data: v.Data} }

// valueAt splits the path of a value into its key and its name.
func valueAt(key string) (parent, name string) {
	i := strings.LastIndexByte(key, '\\')
	return key[:i], key[i+1:]
}

func setValue(r reenact) action {
	key, name := valueAt(r.Key)
	return action{
		preconditions: append(absentBefore(r.Key), folderOf(r.Key)...),
		acts:          []effect.Act{effect.SetValue{Key: key, Name: name, Value: r.Value.value()}},
		checks:        []effect.Check{effect.ValueIs{Key: key, Name: name, Value: r.Value.value()}},
	}
}

func deleteValue(r reenact) action {
	key, name := valueAt(r.Key)
	return action{
		preconditions: []effect.Precondition{{Path: r.Key, Content: r.Value.value().Encode()}},
		acts:          []effect.Act{effect.DeleteValue{Key: key, Name: name}},
		checks:        []effect.Check{effect.Gone{Path: r.Key}},
	}
}

func createKey(r reenact) action {
	return action{
		preconditions: append(absentBefore(r.Key), folderOf(r.Key)...),
		acts:          []effect.Act{effect.MakeDir{Path: r.Key}},
		checks:        []effect.Check{effect.ModeIs{Path: r.Key, Mode: 0o755}},
	}
}

func deleteKey(r reenact) action {
	return action{
		preconditions: []effect.Precondition{{Path: r.Key, Folder: true}},
		acts:          []effect.Act{effect.DeleteKey{Key: r.Key}},
		checks:        []effect.Check{effect.Gone{Path: r.Key}},
	}
}

func renameKey(r reenact) action {
	return action{
		preconditions: append(append(absentBefore(r.NewKey), folderOf(r.NewKey)...), effect.Precondition{Path: r.Key, Folder: true}),
		acts:          []effect.Act{effect.Move{From: r.Key, To: r.NewKey}},
		checks:        []effect.Check{effect.Gone{Path: r.Key}, effect.ModeIs{Path: r.NewKey, Mode: 0o755}},
	}
}
