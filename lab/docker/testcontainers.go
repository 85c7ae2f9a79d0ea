package docker

import (
	"errors"
	"os"
	"strings"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/log"
)

// deafenTestcontainers has testcontainers take its configuration from us alone, before any
// other code of the program runs: it reads it once a process, from a file in the user's
// home and from the environment. What tests of a company's programs need, such as a prefix
// of image names or another engine, is nothing to an asset; and its reaper, which is an
// image from a registry, is not to be started. The error is that of setting the
// environment.
func deafenTestcontainers() error {
	var failed []error
	for _, set := range os.Environ() {
		name, _, _ := strings.Cut(set, "=")
		if strings.HasPrefix(name, "TESTCONTAINERS_") || strings.HasPrefix(name, "RYUK_") {
			failed = append(failed, os.Unsetenv(name))
		}
	}
	failed = append(failed, os.Setenv("TESTCONTAINERS_RYUK_DISABLED", "true"), os.Setenv("TESTCONTAINERS_PROVIDER", "docker"))
	restore := map[string]string{}
	for _, home := range []string{"HOME", "USERPROFILE"} {
		was, there := os.LookupEnv(home)
		if !there {
			continue
		}
		failed = append(failed, os.Setenv(home, "/nonexistent"))
		restore[home] = was
	}
	testcontainers.ReadConfig()
	for home, was := range restore {
		failed = append(failed, os.Setenv(home, was))
	}
	log.SetDefault(log.NewNoopLogger()) // its messages are not for our users
	return errors.Join(failed...)
}
