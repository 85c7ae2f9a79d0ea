// Package memdisk owns a file system in memory: it does what acts ask of an
// effect.Disk, answers as a kernel would, and reports each change as an observation
// ([Disk]). It also says how an asset is provisioned ([Provision]), for those who must
// know what is there without looking into a container. It knows no lab, and nothing
// of it reaches a real file. Start at [Disk].
package memdisk
