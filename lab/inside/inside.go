package inside

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed built
var built embed.FS

// Architectures are the processors that the program is built for, as Go names them.
var Architectures = [...]string{"amd64", "arm64"}

// SensorArchitecture is the one processor on which the sensor in the program can trace
// system calls; an asset that runs on another refuses to open.
const SensorArchitecture = "amd64"

// ErrNotBuilt says that this binary was built without the program for an asset.
var ErrNotBuilt = errors.New("this ringer was built without the program that runs inside assets, as `go install` does: take one of a release, or run `make build` in the sources")

// Program is the content of the program's file for Linux on that processor. The
// error is ErrNotBuilt where this binary has none.
func Program(architecture string) ([]byte, error) {
	content, err := built.ReadFile("built/linux-" + architecture)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("find program for linux/%s: %w", architecture, ErrNotBuilt)
	case err != nil:
		return nil, fmt.Errorf("find program for linux/%s: %w", architecture, err)
	}
	return content, nil
}
