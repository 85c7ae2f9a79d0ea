package docker

import (
	"context"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/network"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"
)

// restrictedClient is the engine as testcontainers gets it. Left to itself it would pull
// an image that was removed meanwhile, and make a network where the engine has
// no bridge; we need neither.
type restrictedClient struct{ *client.Client }

var _ client.APIClient = restrictedClient{}

// ImagePull is refused.
func (restrictedClient) ImagePull(context.Context, string, client.ImagePullOptions) (client.ImagePullResponse, error) {
	return nil, errdefs.ErrNotFound.WithMessage("the image is gone, and ringer never pulls images")
}

// NetworkList says that there is a bridge, which is all that is looked for.
func (restrictedClient) NetworkList(context.Context, client.NetworkListOptions) (client.NetworkListResult, error) {
	var bridge network.Summary
	bridge.Name = testcontainers.Bridge
	return client.NetworkListResult{Items: []network.Summary{bridge}}, nil
}

// NetworkCreate is refused.
func (restrictedClient) NetworkCreate(context.Context, string, client.NetworkCreateOptions) (client.NetworkCreateResult, error) {
	return client.NetworkCreateResult{}, errdefs.ErrPermissionDenied.WithMessage("an asset has no network")
}
