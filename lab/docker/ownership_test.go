package docker

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the fake engine holds, in the engine's own words.
type (
	fakeContainer struct {
		ID      string `json:"Id"`
		Names   []string
		ImageID string
		Labels  map[string]string
	}
	fakeImage struct {
		ID       string `json:"Id"`
		RepoTags []string
		Labels   map[string]string
	}
)

// fakeEngine answers as an engine does and keeps what it is asked to remove.
type fakeEngine struct {
	containers []fakeContainer
	images     []fakeImage
	// inUse are the images that the engine refuses to remove.
	inUse map[string]bool

	mutex   sync.Mutex
	removed []string
	// strayed are requests for what is none of ringer's business.
	strayed []string
}

func (f *fakeEngine) connect(t *testing.T) engine {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	c, err := client.New(client.WithHost("tcp://"+strings.TrimPrefix(server.URL, "http://")), client.WithAPIVersion("1.45"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return engine{Client: c}
}

func (f *fakeEngine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	_, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/") // without the version
	kind, rest, _ := strings.Cut(path, "/")
	answer := func(code int, body any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(body)
	}
	switch {
	case r.Method == http.MethodGet && path == "containers/json":
		answer(http.StatusOK, f.containers)
	case r.Method == http.MethodGet && path == "images/json":
		answer(http.StatusOK, f.images)
	case r.Method == http.MethodGet && kind == "images":
		id, _, _ := strings.Cut(rest, "/")
		for _, found := range f.images {
			if found.ID == id {
				answer(http.StatusOK, map[string]any{"Id": id, "RepoTags": found.RepoTags, "Config": map[string]any{"Labels": found.Labels}})
				return
			}
		}
		answer(http.StatusNotFound, map[string]string{"message": "no such image"})
	case r.Method == http.MethodDelete && kind == "images" && f.inUse[rest]:
		answer(http.StatusConflict, map[string]string{"message": "in use"})
	case r.Method == http.MethodDelete && (kind == "images" || kind == "containers") && r.URL.Query().Get("v") == "":
		f.removed = append(f.removed, rest)
		answer(http.StatusOK, []any{})
	default:
		f.strayed = append(f.strayed, r.Method+" "+r.URL.String())
		answer(http.StatusTeapot, map[string]string{"message": "not of ringer's"})
	}
}

const plainRef, nginxRef = "ringer-asset:0123456789ab", "ringer-nginx:0123456789ab"

// markFor has all labels of ours; its runner is dead, unless it is given another owner.
func markFor(change ...string) map[string]string {
	self := proc.self(1)
	self.pid, self.start = 1<<30, "1"
	all := ownLabels{version: "v1.2-3-gabc-dirty", run: testRun, asset: "mail", owner: self, lease: "0123456789abcdef"}.labels()
	for i := 0; i < len(change); i += 2 {
		all[change[i]] = change[i+1]
		if change[i+1] == "" {
			delete(all, change[i])
		}
	}
	return all
}

// elsewhere is an owner whose life cannot be known here.
const elsewhere = "11111111-2222-4333-8444-555555555555/pid:[1]/41/777"

func TestWhoseContainerItIs(t *testing.T) {
	t.Parallel()
	const name, imageID = "/ringer-fedcba9876543210", "sha256:ours"
	cases := []struct {
		name      string
		container fakeContainer
		// swept at the start of a run, cleaned by hand, forced by hand
		swept, cleaned, forced bool
	}{
		{"a dead runner's", fakeContainer{"c", []string{name}, imageID, markFor()}, true, true, true},
		{"a dead runner's, whose image has lost its name to a newer one", fakeContainer{"c", []string{name}, "sha256:unnamed", markFor()}, true, true, true},
		{"one of a runner elsewhere", fakeContainer{"c", []string{name}, imageID, markFor(labelOwner, elsewhere, labelPID, "41")}, false, false, true},
		{"one of a runner without a proc file system", fakeContainer{"c", []string{name}, imageID, markFor(labelOwner, "//41/", labelPID, "41")}, false, false, true},
		{"somebody else's", fakeContainer{"c", []string{"/phone"}, "sha256:alpine", map[string]string{"ringer": "phone"}}, false, false, false},
		{"somebody else's of our image", fakeContainer{"c", []string{"/phone"}, imageID, map[string]string{"ringer": "phone"}}, false, false, false},
		{"one with our mark and another name", fakeContainer{"c", []string{"/ringer-phone"}, imageID, markFor()}, false, false, false},
		{"one without a name", fakeContainer{"c", nil, imageID, markFor()}, false, false, false},
		{"one with our mark on a foreign image", fakeContainer{"c", []string{name}, "sha256:alpine", markFor()}, false, false, false},
		{"one on an image only called as ours are", fakeContainer{"c", []string{name}, "sha256:called", markFor()}, false, false, false},
		{"one on an image that is gone", fakeContainer{"c", []string{name}, "sha256:gone", markFor()}, false, false, false},
	}
	for _, label := range []string{labelVersion, labelRun, labelAsset, labelPID, labelOwner, labelLease} {
		for what, value := range map[string]string{"no": "", "another form of": "!"} {
			c := fakeContainer{"c", []string{name}, imageID, markFor(label, value)}
			cases = append(cases, struct {
				name                   string
				container              fakeContainer
				swept, cleaned, forced bool
			}{"one with " + what + " " + label, c, false, false, false})
		}
	}
	cases = append(cases, struct {
		name                   string
		container              fakeContainer
		swept, cleaned, forced bool
	}{"one whose pid is not its owner's", fakeContainer{"c", []string{name}, imageID, markFor(labelPID, "41")}, false, false, false})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			removes := func(remove func(e engine) error) bool {
				fake := &fakeEngine{containers: []fakeContainer{c.container}, images: []fakeImage{
					{"sha256:ours", []string{plainRef}, map[string]string{labelVersion: "dev"}},
					{"sha256:unnamed", nil, map[string]string{labelVersion: "dev"}},
					{"sha256:called", []string{plainRef}, nil},
					{"sha256:alpine", []string{"alpine:3"}, nil},
				}}
				require.NoError(t, remove(fake.connect(t)))
				assert.Empty(t, fake.strayed)
				for _, gone := range fake.removed {
					if gone == "c" {
						return true
					}
				}
				return false
			}
			clean := func(end bool) func(engine) error {
				return func(e engine) error {
					_, err := cleaner{engine: e, label: labelVersion, end: end, beforeRemove: ignoreRemoved}.clean(t.Context())
					return err
				}
			}
			assert.Equal(t, c.swept, removes(func(e engine) error { _, err := e.sweep(t.Context()); return err }), "sweep")
			assert.Equal(t, c.cleaned, removes(clean(false)), "clean")
			assert.Equal(t, c.forced, removes(clean(true)), "clean --force")
		})
	}
}

func TestWhichImagesAreOurs(t *testing.T) {
	t.Parallel()
	service := map[string]string{labelVersion: "dev", "ringer.packages": "nginx 1.22"}
	self := proc.self(1)
	self.pid, self.start = 1<<30, "1"
	unfinishedLabels := maps.Clone(service)
	unfinishedLabels[labelLease], unfinishedLabels[labelOwner] = "0123456789abcdef", self.String()
	finished := maps.Clone(unfinishedLabels)
	finished[labelMadeOf] = "sha256:base"
	fake := &fakeEngine{inUse: map[string]bool{"ringer-asset:aaaaaaaaaaaa": true}, images: []fakeImage{
		{"sha256:1", []string{nginxRef}, service},
		{"sha256:2", []string{plainRef, "somebody/kept:1"}, map[string]string{labelVersion: "dev"}},
		{"sha256:3", []string{"ringer-asset:aaaaaaaaaaaa"}, map[string]string{labelVersion: "dev"}},
		{"sha256:4", []string{"phone:latest"}, map[string]string{labelVersion: "phone"}},
		{"sha256:5", []string{"ringer-asset:latest"}, map[string]string{labelVersion: "phone"}},
		{"sha256:6", []string{"ringer-nginx:bbbbbbbbbbbb"}, map[string]string{labelVersion: "dev"}},
		{"sha256:7", []string{"ringer-phone:bbbbbbbbbbbb"}, service},
		{"sha256:8", []string{"registry.example/ringer-asset:bbbbbbbbbbbb"}, map[string]string{labelVersion: "dev"}},
		{"sha256:9", nil, unfinishedLabels},
		{"sha256:a", nil, finished},
		{"sha256:b", []string{"<none>:<none>"}, map[string]string{labelVersion: "phone"}},
	}}
	e := fake.connect(t)
	var told []Removed
	clean := cleaner{engine: e, label: labelVersion, watched: map[string]bool{"0123456789abcdef": true}, beforeRemove: func(r Removed) { told = append(told, r) }}
	out, err := clean.clean(t.Context())
	require.NoError(t, err)
	assert.Equal(t, Cleaned{ActiveRuns: 1}, out, "a run that has no container now may need any of them")
	clean.end = true
	out, err = clean.clean(t.Context())
	require.NoError(t, err)
	assert.Equal(t, Cleaned{ActiveRuns: 1}, out, "nor can it be ended")
	assert.Empty(t, fake.removed)
	assert.Empty(t, told)

	clean.watched = nil
	out, err = clean.clean(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{plainRef, nginxRef, "sha256:9"}, fake.removed, "what is made of others first")
	assert.Equal(t, []Removed{{"image", plainRef}, {"image", "ringer-asset:aaaaaaaaaaaa"}, {"image", nginxRef}, {"image", "sha256:9"}}, told)
	assert.Equal(t, []Kept{{Removed{"image", "ringer-asset:aaaaaaaaaaaa"}, "a container uses it"}}, out.Kept)
	assert.Empty(t, fake.strayed)
}

func TestAContainerOfTheNameThatIsNotOfTheLeaseStays(t *testing.T) {
	t.Parallel()
	fake := &fakeEngine{}
	e := fake.connect(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/containers/ringer-0/json") {
			_ = json.NewEncoder(w).Encode(map[string]any{"Id": "c", "Config": map[string]any{"Labels": map[string]string{labelLease: "mine"}}})
			return
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	var err error
	e.Client, err = client.New(client.WithHost("tcp://"+strings.TrimPrefix(server.URL, "http://")), client.WithAPIVersion("1.45"))
	require.NoError(t, err)
	require.NoError(t, e.removeNamed(t.Context(), "ringer-0", "another"))
	assert.Empty(t, fake.removed)
	require.NoError(t, e.removeNamed(t.Context(), "ringer-0", "mine"))
	assert.Equal(t, []string{"c"}, fake.removed)
}
