package memdisk

import (
	"io/fs"
)

// kernelError is a kernel's word for why it refuses, in its own text.
type kernelError struct {
	text string
	is   error
}

func (r kernelError) Error() string        { return r.text }
func (r kernelError) Is(target error) bool { return r.is != nil && target == r.is }

var (
	noSuchFile = kernelError{"no such file or directory", fs.ErrNotExist}
	denied     = kernelError{"permission denied", fs.ErrPermission}
	exists     = kernelError{"file exists", fs.ErrExist}
	notAFolder = kernelError{"not a directory", nil}
	isAFolder  = kernelError{"is a directory", nil}
	notEmpty   = kernelError{"directory not empty", fs.ErrExist}
	invalid    = kernelError{"invalid argument", fs.ErrInvalid}
)

func pathError(op, name string, why error) error { return &fs.PathError{Op: op, Path: name, Err: why} }
