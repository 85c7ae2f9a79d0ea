package image_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/lab/image"
	"github.com/ringer-lab/ringer/scenarios"
)

func TestEveryServiceThatAnAssetCanHaveHasARecipe(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	for _, kind := range scenarios.Library().Kinds() {
		for _, service := range kind.Services {
			asked[service] = true
			_, ok := image.RecipeOf(service)
			assert.True(t, ok, "%s of %s", service, kind.Name)
		}
	}
	for _, recipe := range image.Recipes() {
		assert.True(t, asked[recipe.Service], "%s is of an asset", recipe.Service)
	}
	_, ok := image.RecipeOf("")
	assert.False(t, ok)
}

func TestAServiceImageIsNamedForItsRecipe(t *testing.T) {
	t.Parallel()
	recipe, ok := image.RecipeOf(asset.Nginx)
	require.True(t, ok)
	assert.Regexp(t, `^ringer-nginx:[0-9a-f]{12}$`, recipe.Ref())
	changed := recipe
	changed.Keep = append([]string{"etc/nginx/"}, recipe.Keep...)
	assert.NotEqual(t, recipe.Ref(), changed.Ref())
}

// A shell that a service could start would be one more thing to contain.
func TestNoServiceKeepsAShell(t *testing.T) {
	t.Parallel()
	for _, recipe := range image.Recipes() {
		for _, path := range recipe.Keep {
			assert.NotRegexp(t, `bin/(ba|da)?sh$|bin/$`, path, recipe.Service)
		}
	}
}
