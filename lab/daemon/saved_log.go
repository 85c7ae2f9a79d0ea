//go:build linux

package daemon

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// savedLog is how a log was at one time; one that was not there counts as empty, as
// the service holds it open from then on.
type savedLog struct {
	path     string
	content  []byte
	mode     fs.FileMode
	modified time.Time
}

func saveLog(path string) (savedLog, error) {
	stat, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return savedLog{path: path, mode: 0o640, modified: time.Now()}, nil
	}
	if err != nil {
		return savedLog{}, fmt.Errorf("save log: %w", err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return savedLog{}, fmt.Errorf("save log: %w", err)
	}
	return savedLog{path, content, stat.Mode().Perm(), stat.ModTime()}, nil
}

// restore cuts off what was added, so that the service goes on with the file it
// holds; a file that was changed otherwise is written anew.
func (k savedLog) restore() error {
	now, err := os.ReadFile(k.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("restore log: %w", err)
	}
	if bytes.HasPrefix(now, k.content) {
		err = os.Truncate(k.path, int64(len(k.content)))
	} else {
		err = os.WriteFile(k.path, k.content, k.mode)
	}
	if err == nil {
		err = errors.Join(os.Chmod(k.path, k.mode), os.Chtimes(k.path, k.modified, k.modified))
	}
	if err != nil {
		return fmt.Errorf("restore log: %w", err)
	}
	return nil
}
