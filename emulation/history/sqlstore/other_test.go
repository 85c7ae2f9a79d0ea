//go:build !unix

package sqlstore_test

import "testing"

func postgres(t *testing.T) string {
	t.Helper()
	t.Skip("a real PostgreSQL is started on Unix only")
	return ""
}
