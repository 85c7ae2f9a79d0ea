package artifact

import (
	"fmt"
	"hash/fnv"
	"path"
	"strings"
)

// PrefetchFolder is where Windows notes what programs were started.
const PrefetchFolder = `C:\Windows\Prefetch\`

// PrefetchNote returns the path of the note that the prefetcher keeps of a program:
// the program's name, at most 60 bytes of it, and a number that follows from its
// path.
func PrefetchNote(image string) string {
	name := strings.ToUpper(path.Base(strings.ReplaceAll(image, `\`, "/")))
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(image)) // a hash refuses nothing
	return fmt.Sprintf(`%s%.60s-%08X.pf`, PrefetchFolder, strings.ToValidUTF8(name, "_"), sum.Sum32())
}
