package bounded

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"
)

// A busy machine alone does not make an ordinary scenario fail.
func TestTimeCountsOnceHalfOfTheBudgetIsUsed(t *testing.T) {
	t.Parallel()
	b := NewBudget()
	defer b.End()
	on := hcl.StaticExpr(cty.True, hcl.Range{})
	b.late.Store(true)
	assert.True(t, b.spend(MaxTotal/2, on))
	assert.False(t, b.spend(1, on))
	require.NotNil(t, b.Problem())
	assert.Contains(t, b.Problem().Detail, "may take 3 s")

	b = NewBudget()
	defer b.End()
	assert.True(t, b.spend(MaxTotal, on))
	assert.False(t, b.spend(1, on))
	assert.Contains(t, b.Problem().Detail, "16 MiB")
}
