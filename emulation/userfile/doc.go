// Package userfile opens the files that a user names or that lie in a folder that a
// user names: scenarios, rules, data sets, recordings, keys. It opens regular files
// alone, so that nothing waits for a pipe or reads a device without end, reads no more
// than the caller's limit, and does not leave a folder by a link. It knows nothing of
// what the files say. Start at [Open]; a folder of files is [Folder], the disk as an
// fs.FS is [Disk].
package userfile
