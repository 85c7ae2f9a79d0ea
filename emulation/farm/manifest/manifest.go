package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Workers are what a cluster is to start.
type Workers struct {
	// Number is how many, at a time and in all.
	Number int
	// Image is a container image with ringer at /ringer, Server the farm's HOST:PORT as
	// workers reach it.
	Image, Server string
}

// The names of what a cluster has of a farm.
const (
	job        = "ringer-farm"
	invitation = "ringer-farm-worker" // the secret with worker.json in it
	mounted    = "/etc/ringer"
	socket     = "/var/run/docker.sock"
)

// note is said above each manifest: what whoever applies it must know.
const note = `# Workers of a ringer farm. This manifest was held to the types of %s, and was
# not run where ringer is made. Workers perform in containers of the node's own
# Docker Engine, whose socket they are given: whoever has it has the node. Use
# nodes that are there for it.
`

func (w Workers) arguments() []string {
	return []string{"farm", "work", "--join", mounted + "/worker.json", "--server", w.Server}
}

// Kubernetes is an indexed Job as YAML, which takes the invitation from a secret: each
// index is a worker, and one that fails is started again by itself. Its error is that of
// writing YAML.
func Kubernetes(w Workers) ([]byte, error) {
	type m = map[string]any
	body := m{
		"apiVersion": "batch/v1", "kind": "Job", "metadata": m{"name": job},
		"spec": m{
			"completionMode": "Indexed", "completions": w.Number, "parallelism": w.Number, "backoffLimitPerIndex": 3,
			"template": m{"spec": m{
				"restartPolicy": "Never", "automountServiceAccountToken": false,
				"containers": []m{{
					"name": "worker", "image": w.Image, "command": []string{"/ringer"}, "args": w.arguments(),
					"volumeMounts": []m{{"name": "farm", "mountPath": mounted, "readOnly": true}, {"name": "docker", "mountPath": socket}},
				}},
				"volumes": []m{{"name": "farm", "secret": m{"secretName": invitation}}, {"name": "docker", "hostPath": m{"path": socket, "type": "Socket"}}},
			}},
		},
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, note+"#   kubectl create secret generic %s --from-file=worker.json\n", "Kubernetes", invitation)
	in := yaml.NewEncoder(&out)
	in.SetIndent(2)
	if err := in.Encode(body); err != nil {
		return nil, err
	}
	return out.Bytes(), in.Close()
}

// Nomad is a batch job as the JSON of Nomad's API, which takes the invitation from a
// variable. Its error is that of writing JSON.
func Nomad(w Workers) ([]byte, error) {
	type m = map[string]any
	body := m{"Job": m{
		"ID": job, "Name": job, "Type": "batch",
		"TaskGroups": []m{{
			"Name": "workers", "Count": w.Number,
			"Tasks": []m{{
				"Name": "worker", "Driver": "docker",
				"Config": m{
					"image": w.Image, "command": "/ringer", "args": append(w.arguments()[:3:3], "${NOMAD_SECRETS_DIR}/worker.json", "--server", w.Server),
					"volumes": []string{socket + ":" + socket},
				},
				"Templates": []m{{
					"DestPath":     "secrets/worker.json",
					"EmbeddedTmpl": `{{ with nomadVar "nomad/jobs/` + job + `" }}{{ .invitation }}{{ end }}`,
				}},
			}},
		}},
	}}
	text, err := json.MarshalIndent(body, "", "  ")
	return append(text, '\n'), err
}
