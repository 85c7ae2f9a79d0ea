// Package typestest holds the manifests of workers to the Go types of Kubernetes and
// Nomad. It is a module of its own, as those are many and none of them is ringer's.
package typestest

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/hashicorp/nomad/api"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	batch "k8s.io/api/batch/v1"
	"sigs.k8s.io/yaml"
)

func TestTheJobIsOneOfKubernetes(t *testing.T) {
	text, err := os.ReadFile("../testdata/kubernetes.yaml")
	require.NoError(t, err)
	var job batch.Job
	require.NoError(t, yaml.UnmarshalStrict(text, &job))
	assert.Equal(t, "batch/v1", job.APIVersion)
	assert.Equal(t, batch.IndexedCompletion, *job.Spec.CompletionMode)
	assert.Equal(t, *job.Spec.Completions, *job.Spec.Parallelism)
	require.NotNil(t, job.Spec.BackoffLimitPerIndex)
	pod := job.Spec.Template.Spec
	require.Len(t, pod.Containers, 1)
	volumes := map[string]bool{}
	for _, volume := range pod.Volumes {
		volumes[volume.Name] = true
	}
	for _, mount := range pod.Containers[0].VolumeMounts {
		assert.True(t, volumes[mount.Name], mount.Name)
	}
	assert.Equal(t, "Never", string(pod.RestartPolicy))
}

func TestTheJobIsOneOfNomad(t *testing.T) {
	text, err := os.ReadFile("../testdata/nomad.json")
	require.NoError(t, err)
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	var request struct{ Job *api.Job }
	require.NoError(t, in.Decode(&request))
	request.Job.Canonicalize()
	assert.Equal(t, api.JobTypeBatch, *request.Job.Type)
	require.Len(t, request.Job.TaskGroups, 1)
	require.Len(t, request.Job.TaskGroups[0].Tasks, 1)
	assert.Equal(t, "docker", request.Job.TaskGroups[0].Tasks[0].Driver)
}
