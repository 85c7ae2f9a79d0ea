package docker

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// endpoint is where an engine is looked for, and who said so.
type endpoint struct{ host, source string }

// maxConfig is the most bytes that are read of the docker command's own files.
const maxConfig = 1 << 20

// defaultSocket is the engine's socket, on Unix, where nothing else is configured.
const defaultSocket = "/var/run/docker.sock"

// findEndpoint looks where the docker command looks: DOCKER_HOST, the chosen
// context, the default socket; then the socket of an engine without root.
func findEndpoint(env func(string) string) (endpoint, error) {
	if host := env("DOCKER_HOST"); host != "" {
		return endpoint{host, "DOCKER_HOST"}, nil
	}
	folder := env("DOCKER_CONFIG")
	if folder == "" {
		folder = filepath.Join(cmp.Or(env("HOME"), env("USERPROFILE")), ".docker")
	}
	name, source := env("DOCKER_CONTEXT"), "DOCKER_CONTEXT"
	if name == "" {
		name, source = chosenContext(folder), "docker context"
	}
	if name != "" && name != "default" {
		host, err := contextHost(folder, name)
		return endpoint{host, source + " " + name}, err
	}
	rootless := filepath.Join(env("XDG_RUNTIME_DIR"), "docker.sock")
	if !exists(defaultSocket) && env("XDG_RUNTIME_DIR") != "" && exists(rootless) {
		return endpoint{"unix://" + rootless, "XDG_RUNTIME_DIR"}, nil
	}
	return endpoint{client.DefaultDockerHost, "the default socket"}, nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// chosenContext is what `docker context use` wrote; a missing or broken file
// chooses nothing, as for the docker command.
func chosenContext(folder string) string {
	text, err := userfile.Read(filepath.Join(folder, "config.json"), maxConfig)
	if err != nil {
		return ""
	}
	var config struct {
		CurrentContext string `json:"currentContext"`
	}
	if err := json.Unmarshal(text, &config); err != nil {
		return ""
	}
	return config.CurrentContext
}

// contextHost reads a context's endpoint; its folder is named for the digest of
// its name.
func contextHost(folder, name string) (string, error) {
	text, err := userfile.Read(filepath.Join(folder, "contexts", "meta", fmt.Sprintf("%x", sha256.Sum256([]byte(name))), "meta.json"), maxConfig)
	if err != nil {
		return "", fmt.Errorf("read docker context %s: %w", name, err)
	}
	var meta struct {
		Endpoints map[string]struct{ Host string }
	}
	if err := json.Unmarshal(text, &meta); err != nil {
		return "", fmt.Errorf("read docker context %s: %w", name, err)
	}
	host := meta.Endpoints["docker"].Host
	if host == "" {
		return "", fmt.Errorf("read docker context %s: it has no endpoint for docker", name)
	}
	return host, nil
}
