package docker

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/system"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/image"
)

// settings are all that an engine is asked for of one container.
type settings struct {
	name   string
	config container.Config
	host   container.HostConfig
	// control is the host's own, which each container has where the host has it.
	control accessControl
	// ports are those that a user's own image says it listens at, which no network reaches.
	ports []string
}

// checkSettings has the engine say of what a started container is made, and compares
// that with what was asked for, field by field. What this program does not know of must
// be empty. The error names every difference.
func (e engine) checkSettings(ctx context.Context, id string, asked settings) error {
	found, err := e.ContainerInspect(ctx, id, client.ContainerInspectOptions{})
	if errdefs.IsNotFound(err) {
		return fmt.Errorf("%w: the container is gone", errLost)
	}
	if err != nil {
		return fmt.Errorf("inspect container: %w", err)
	}
	differing, err := asked.differences(found.Raw)
	if err != nil {
		return fmt.Errorf("inspect container: %w", err)
	}
	if len(differing) > 0 {
		return fmt.Errorf("the engine must make the container as it was asked to, but %s", strings.Join(differing, "; "))
	}
	return nil
}

// described are the parts of an engine's answer that only describe: what there is to
// know of the container's life, and where the engine keeps what belongs to it.
var described = []string{
	"Created", "Driver", "GraphDriver", "HostnamePath", "HostsPath", "Id", "ImageManifestDescriptor", "LogPath", "ResolvConfPath", "State", "Storage",
}

// describedLabels are what our images with a service have and a container takes over.
var describedLabels = []string{image.LabelPackages, labelMadeOf}

// differences lists in what an engine's answer is not what was asked for.
func (asked settings) differences(raw json.RawMessage) ([]string, error) {
	got, err := decoded(raw)
	if err != nil {
		return nil, err
	}
	config, err := encoded(asked.config)
	if err != nil {
		return nil, err
	}
	host, err := encoded(asked.host)
	if err != nil {
		return nil, err
	}
	for _, name := range described {
		delete(got, name)
	}
	if found, ok := got["Config"].(map[string]any); ok {
		listSets(found)
		if labels, ok := found["Labels"].(map[string]any); ok {
			maps.DeleteFunc(labels, func(name string, _ any) bool { return slices.Contains(describedLabels, name) })
		}
	}
	listSets(config)
	if len(asked.ports) > 0 {
		config["ExposedPorts"] = toAny(asked.ports)
	}
	if network, ok := got["NetworkSettings"].(map[string]any); ok {
		describeNetwork(network)
	}
	want := map[string]any{
		"Name":       "/" + asked.name,
		"Path":       asked.config.Entrypoint[0],
		"Args":       toAny(asked.config.Entrypoint[1:]),
		"Image":      asked.config.Image,
		"Platform":   "linux",
		"Config":     config,
		"HostConfig": host,
	}
	asked.control.confine(want, got)
	return different("", want, got), nil
}

// listSets makes lists of the parts that have a name and nothing else: it is not empty if
// that is.
func listSets(config map[string]any) {
	for _, name := range []string{"Volumes", "ExposedPorts"} {
		if set, ok := config[name].(map[string]any); ok {
			config[name] = toAny(slices.Sorted(maps.Keys(set)))
		}
	}
}

// describeNetwork leaves of the network what an asset may have: a loopback of its own,
// whatever the engine calls it.
func describeNetwork(network map[string]any) {
	delete(network, "SandboxID")
	delete(network, "SandboxKey")
	if all, ok := network["Networks"].(map[string]any); ok {
		if none, ok := all["none"].(map[string]any); ok {
			for _, name := range []string{"NetworkID", "EndpointID", "DNSNames"} {
				delete(none, name)
			}
		}
	}
}

// accessControl is what a host's kernel enforces whatever a program's user may do.
type accessControl struct{ appArmor, seLinux bool }

func accessControlOf(info system.Info) accessControl {
	return accessControl{appArmor: hasSecurityOption(info, "apparmor"), seLinux: hasSecurityOption(info, "selinux")}
}

// confine adds to what is expected the profile and the labels that an engine gives by
// itself. A label has further parts, which are each container's own.
func (c accessControl) confine(want, got map[string]any) {
	if c.appArmor {
		want["AppArmorProfile"] = "docker-default"
	}
	if !c.seLinux {
		return
	}
	for name, kind := range map[string]string{"ProcessLabel": "container_t", "MountLabel": "container_file_t"} {
		want[name] = "of the type " + kind
		if label, ok := got[name].(string); ok && slices.Contains(strings.Split(label, ":"), kind) {
			want[name] = label
		}
	}
}

func toAny(all []string) []any {
	out := make([]any, len(all))
	for i, text := range all {
		out[i] = text
	}
	return out
}

func decoded(text []byte) (map[string]any, error) {
	in := json.NewDecoder(bytes.NewReader(text))
	in.UseNumber() // an int64 is more than a float64 holds
	var out map[string]any
	err := in.Decode(&out)
	return out, err
}

func encoded(value any) (map[string]any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return decoded(text)
}

// different lists where two answers differ, by path. What is left out, null, zero and
// empty are the same.
func different(path string, want, got any) []string {
	if isZero(want) && isZero(got) || reflect.DeepEqual(want, got) {
		return nil
	}
	var all []string
	asked, askedParts := want.(map[string]any)
	found, foundParts := got.(map[string]any)
	if askedParts && (foundParts || got == nil) || foundParts && want == nil {
		names := map[string]bool{}
		for name := range asked {
			names[name] = true
		}
		for name := range found {
			names[name] = true
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			all = append(all, different(strings.TrimPrefix(path+"."+name, "."), asked[name], found[name])...)
		}
		return all
	}
	askedList, askedIs := want.([]any)
	foundList, foundIs := got.([]any)
	if askedIs && foundIs && len(askedList) == len(foundList) {
		for i := range askedList {
			all = append(all, different(fmt.Sprintf("%s[%d]", path, i), askedList[i], foundList[i])...)
		}
		return all
	}
	return []string{fmt.Sprintf("%s is %s, expected %s", path, shown(got), shown(want))}
}

// isZero is true of what asks for nothing.
func isZero(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case bool:
		return !value
	case string:
		return value == ""
	case json.Number:
		return value == "0"
	case []any:
		return !slices.ContainsFunc(value, func(part any) bool { return !isZero(part) })
	case map[string]any:
		for _, part := range value {
			if !isZero(part) {
				return false
			}
		}
		return true
	}
	return false
}

// maxShown is as many bytes of a value as a message has of it.
const maxShown = 120

func shown(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	if len(text) <= maxShown {
		return string(text)
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(string(text[:maxShown]), ""), len(text))
}
