package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

const allowHelp = "An asset that is made of an image of your own (`ringer show image`) runs the image's own\n" +
	"daemon. The scenario says which user, port and folders that needs, and you allow each of\n" +
	"them: --allow app:user=www-data --allow app:port=8080 --allow app:write=/var/www. Without\n" +
	"that nothing is started, and the command says what is missing.\n\n"

// allowances are what whoever runs a scenario gives assets that are made of images, each
// ASSET:KIND=VALUE.
type allowances []string

// addTo declares the flag.
func (a *allowances) addTo(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar((*[]string)(a), "allow", nil, "give an asset that is made of an image of your own what it needs, as `ASSET:KIND=VALUE`: app:user=NAME, app:port=N or app:write=FOLDER; may be given several times")
}

// check returns a usage error if an asset needs what is not given, or if something is given
// that no asset needs. It is for before anything is started.
func (a allowances) check(plans []*plan.Plan) error {
	needed := map[string]bool{}
	var missing []string
	var first plan.Asset
	for _, p := range plans {
		for _, on := range p.Assets {
			if on.Place.Image == nil {
				continue
			}
			for _, need := range on.Place.Image.Needs() {
				text := on.Name + ":" + need
				if !needed[text] && !slices.Contains(a, text) {
					if missing = append(missing, "--allow "+shellWord(text)); len(missing) == 1 {
						first = on
					}
				}
				needed[text] = true
			}
		}
	}
	if len(missing) > 0 {
		return usageError{fmt.Errorf("asset %q is made of the image %s, and must be allowed what that needs; nothing was started. If you trust the image, use `ringer run` with %s", first.Name, first.Place.Image.Ref, strings.Join(missing, " "))}
	}
	for _, text := range a {
		if needed[text] {
			continue
		}
		on, what, _ := strings.Cut(text, ":")
		kind, value, _ := strings.Cut(what, "=")
		if on == "" || value == "" || !slices.Contains([]string{asset.AllowUser, asset.AllowPort, asset.AllowWrite}, kind) {
			return usageError{fmt.Errorf("--allow must have the form ASSET:user=NAME, ASSET:port=N or ASSET:write=FOLDER, not %q", text)}
		}
		return usageError{fmt.Errorf("--allow %s: no asset %q of these scenarios needs %s", shellWord(text), on, what)}
	}
	return nil
}

// allowImages tells a lab which images assets may be made of, and notes in the plans what it
// has of them. It fails if the lab refuses one; a lab that makes no containers has none.
func allowImages(ctx context.Context, lab runner.Lab, plans []*plan.Plan) error {
	with, ok := lab.(runner.Wrapping)
	if !ok {
		return nil
	}
	for _, p := range plans {
		for i := range p.Assets {
			image := p.Assets[i].Place.Image
			if image == nil {
				continue
			}
			id, platform, err := with.Allow(ctx, *image)
			if errors.Is(err, runner.ErrRefusedImage) {
				return usageError{fmt.Errorf("asset %s: %w", p.Assets[i].Name, err)}
			}
			if err != nil {
				return err
			}
			p.Assets[i].Wrapped = &plan.Wrapped{Image: image.Ref, ID: id, Platform: platform, Allowed: image.Needs()}
		}
	}
	return nil
}
