package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// writable says before a run whether its report can be written after it, and
// leaves things as they are: an empty file would pass for a report.
func writable(path string) error {
	_, before := os.Stat(path)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return usageError{writing(path, err)}
	}
	err = file.Close()
	if errors.Is(before, fs.ErrNotExist) {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// writeReport writes one view of a result to a file.
func writeReport(path string, view func(io.Writer) error) error {
	var text bytes.Buffer
	if err := view(&text); err != nil {
		return writing(path, err)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		return writing(path, err)
	}
	return nil
}

// writing says what was done when an error came, whose own operation is no news.
func writing(path string, err error) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	return fmt.Errorf("write %s: %w", path, err)
}
