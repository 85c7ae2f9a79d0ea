package memdisk

import (
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Provision puts in place what is on a host before the first step: the folders
// that every host of its platform has, its kind's own files, and the protected
// folders. opened is when the asset was opened: the files' ages count from it. It
// returns an error for a path that the tree refuses.
func Provision(tree effect.Tree, disk *Disk, kind asset.Kind, protected []string, opened time.Time) error {
	for _, folder := range tree.Bases() {
		if err := disk.MkdirAll(folder, 0o755); err != nil {
			return fmt.Errorf("provision: %w", err)
		}
	}
	for _, path := range asset.CommonFolders(kind.Platform) {
		if err := provisionFile(tree, disk, asset.File{Path: path, Folder: true}, opened); err != nil {
			return err
		}
	}
	for _, file := range kind.Files {
		if err := provisionFile(tree, disk, file, opened); err != nil {
			return err
		}
	}
	for _, path := range protected {
		if err := provisionFile(tree, disk, asset.File{Path: path, Folder: true, Mode: 0o555}, opened); err != nil {
			return err
		}
	}
	return nil
}

func provisionFile(tree effect.Tree, disk *Disk, file asset.File, opened time.Time) error {
	real, err := tree.Locate(file.Path)
	if err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	if file.Folder {
		err = disk.MkdirAll(real, 0o755)
	} else {
		err = disk.Put(real, file.Content, 0o644, false)
	}
	if err == nil && file.Mode != 0 {
		err = disk.Chmod(real, file.Mode)
	}
	if err != nil {
		return fmt.Errorf("provision %s: %w", file.Path, err)
	}
	disk.nodes[real].modified = opened.Add(-time.Duration(file.Days) * 24 * time.Hour)
	return nil
}

// InstallStandIns puts a stand-in where a plan will start a program that the host
// does not have, as the agent does; a program that the plan itself drops is left
// to it. It returns the real paths that it made. Protected folders are no
// hindrance: the programs had been in them before. It returns an error for a path
// that the tree refuses.
func InstallStandIns(tree effect.Tree, disk *Disk, plan effect.StepPlan) (made []string, err error) {
	for _, process := range plan.ProgramsToInstall() {
		real, err := tree.LocateFile(process.Image)
		if err != nil {
			return nil, fmt.Errorf("lay out %s: %w", process.Image, err)
		}
		if disk.nodes[real] != nil && (process.Resource == nil || !disk.hasOtherResource(real, *process.Resource)) {
			continue
		}
		resource := artifact.ResourceOf(process.Image)
		if process.Resource != nil {
			resource = *process.Resource
		}
		for folder := path.Dir(real); disk.nodes[folder] == nil; folder = path.Dir(folder) {
			disk.set(folder, &node{mode: fs.ModeDir | 0o755, modified: disk.now()})
			made = append(made, folder)
		}
		disk.set(real, &node{mode: 0o755, content: artifact.Program(resource), modified: disk.now()})
		made = append(made, real)
	}
	return made, nil
}

// hasOtherResource reports whether a stand-in has another version resource than that.
func (d *Disk) hasOtherResource(real string, wanted artifact.Resource) bool {
	resource, ok := artifact.DecodeResource(d.nodes[real].content)
	return ok && resource != wanted
}
