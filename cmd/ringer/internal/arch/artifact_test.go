package arch_test

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// layouts are parts of paths and formats that package artifact owns.
var layouts = []string{
	`System32\Tasks`, `Schedule\TaskCache`, "<Command>", "<Settings>", `winevt\Logs`, `wbem\Repository`, `Windows\Prefetch`,
	`Windows\NTDS`, `CurrentControlSet\Services`, `inetsrv\config`, `config\sessions.txt`, `Audit\audit.csv`, "FileExecutableDetected onmatch",
	"logon:", "logoff:", "/etc/audit/audit.rules", "# OriginalFileName",
}

// Who writes an artifact and who reads it must agree on where it lies and how it is
// encoded: both ask package artifact.
func TestWhatStandsOnAHostIsSpeltOutOnce(t *testing.T) {
	t.Parallel()
	seen := 0
	walk(t, func(path string, file *ast.File) {
		inside := strings.HasPrefix(path, "emulation/artifact/")
		ast.Inspect(file, func(node ast.Node) bool {
			literal, ok := node.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			for _, layout := range layouts {
				switch {
				case !strings.Contains(literal.Value, layout):
				case inside:
					seen++
				default:
					assert.Fail(t, path+" spells out "+literal.Value, "take it from emulation/artifact, which owns %q", layout)
				}
			}
			return true
		})
	})
	assert.Greater(t, seen, len(layouts)/2, "the walk must have found the layouts")
}
