package confinement

import "fmt"

// ImageCopies is the folder in which an asset's image that is made of one of the user's
// own has copies of the folders that can be written to: a file system in memory lies over
// each of those.
const ImageCopies = "/ringer-copies"

// ImageCopy is the copy of the folder with that number.
func ImageCopy(i int) string { return fmt.Sprintf("%s/%d", ImageCopies, i) }
