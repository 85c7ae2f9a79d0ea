package docker

import (
	"encoding/json"
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/system"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inspected is what an engine says of a container that is as it was asked to be, changed.
func inspected(t *testing.T, asked settings, change func(whole, config, host map[string]any)) json.RawMessage {
	t.Helper()
	config, err := encoded(asked.config)
	require.NoError(t, err)
	host, err := encoded(asked.host)
	require.NoError(t, err)
	whole := map[string]any{
		"Id": "0123", "State": map[string]any{"Pid": 41}, "Name": "/" + asked.name, "Path": "/ringer", "Args": []string{"agent"},
		"Image": asked.config.Image, "Platform": "linux", "Config": config, "HostConfig": host, "Mounts": []any{}, "ExecIDs": nil,
		"NetworkSettings": map[string]any{"SandboxID": "ab", "Ports": map[string]any{}, "Networks": map[string]any{
			"none": map[string]any{"NetworkID": "cd", "IPAddress": "", "IPPrefixLen": 0},
		}},
	}
	change(whole, config, host)
	raw, err := json.Marshal(whole)
	require.NoError(t, err)
	return raw
}

func TestAContainerIsComparedWithWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	confined := system.Info{SecurityOptions: []string{"name=apparmor", "name=seccomp,profile=default", "name=selinux"}}
	for _, test := range []struct {
		name    string
		control accessControl
		change  func(whole, config, host map[string]any)
		want    []string
	}{
		{name: "as it was asked to be", change: func(_, _, _ map[string]any) {}},
		{name: "what an engine has besides, and is empty", change: func(whole, config, host map[string]any) {
			whole["RestartCount"], config["Healthcheck"] = 0, nil
			host["ConsoleSize"], host["MemorySwappiness"], host["Annotations"], host["Devices"] = []int{0, 0}, nil, map[string]any{}, []any{}
		}},
		{name: "labels of the image", change: func(_, config, _ map[string]any) {
			config["Labels"].(map[string]any)["ringer.packages"] = "nginx 1.22"
		}},
		{name: "other values", change: func(_, config, host map[string]any) {
			host["ReadonlyRootfs"], host["Memory"], host["CapDrop"] = false, 0, nil
			host["Tmpfs"].(map[string]any)["/asset"] = "rw"
			host["SecurityOpt"] = []string{"no-new-privileges", "seccomp=unconfined"}
			config["User"] = ""
		}, want: []string{
			`Config.User is "", expected "65521:65521"`,
			`HostConfig.CapDrop is null, expected ["ALL"]`,
			`HostConfig.Memory is 0, expected 268435456`,
			`HostConfig.ReadonlyRootfs is false, expected true`,
			`HostConfig.SecurityOpt[1] is "seccomp=unconfined", expected ` + shown(seccompOption),
			`HostConfig.Tmpfs./asset is "rw", expected "rw,exec,nosuid,nodev,size=134217728,nr_inodes=32768,mode=0700,uid=65521,gid=65521"`,
		}},
		{name: "what was not asked for", change: func(whole, config, host map[string]any) {
			whole["Mounts"] = []any{map[string]any{"Type": "bind", "Source": "/etc"}}
			whole["ExecIDs"] = []string{"ab"}
			whole["NetworkSettings"].(map[string]any)["Networks"].(map[string]any)["bridge"] = map[string]any{"IPAddress": "172.17.0.2"}
			config["Env"] = append(config["Env"].([]any), "SECRET=1")
			config["Labels"].(map[string]any)["com.example"] = "1"
			host["Sysctls"] = map[string]string{"kernel.shmmax": "1"}
			config["Volumes"], config["ExposedPorts"] = map[string]any{"/data": map[string]any{}}, map[string]any{}
			host["Bypass"] = map[string]any{"All": true} // of an engine that is not yet written
		}, want: []string{
			`Config.Env is ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","SECRET=1"], expected ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]`,
			`Config.Labels.com.example is "1", expected null`,
			`Config.Volumes is ["/data"], expected null`,
			`ExecIDs is ["ab"], expected null`,
			`HostConfig.Bypass.All is true, expected null`,
			`HostConfig.Sysctls.kernel.shmmax is "1", expected null`,
			`Mounts is [{"Source":"/etc","Type":"bind"}], expected null`,
			`NetworkSettings.Networks.bridge.IPAddress is "172.17.0.2", expected null`,
		}},
		{name: "with the host's own control", control: accessControlOf(confined), change: func(whole, _, _ map[string]any) {
			whole["AppArmorProfile"] = "docker-default"
			whole["ProcessLabel"], whole["MountLabel"] = "system_u:system_r:container_t:s0:c1,c2", "system_u:object_r:container_file_t:s0:c1,c2"
		}},
		{name: "without the host's own control", control: accessControlOf(confined), change: func(whole, _, _ map[string]any) {
			whole["AppArmorProfile"], whole["ProcessLabel"] = "unconfined", "system_u:system_r:spc_t:s0"
		}, want: []string{
			`AppArmorProfile is "unconfined", expected "docker-default"`,
			`MountLabel is null, expected "of the type container_file_t"`,
			`ProcessLabel is "system_u:system_r:spc_t:s0", expected "of the type container_t"`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			asked := settings{name: "ringer-0123456789abcdef", config: container.Config{Labels: map[string]string{"ringer": "1.0"}}, control: test.control}
			configure(&asked.config, "sha256:abc", "MAIL01")
			harden(&asked.host)
			got, err := asked.differences(inspected(t, asked, test.change))
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}
