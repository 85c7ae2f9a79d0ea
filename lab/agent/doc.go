// Package agent is the first process inside an asset's container. It provisions
// the asset, verifies that it is isolated, performs plans under the
// sensor, proves their effects apart from it, and takes them back. It speaks
// lab/wire with the runner, and ends, and the container with it, as soon as
// the runner is gone.
//
// It knows no scenario, no rule and no Docker. Only the sensor starts
// processes, so whatever ends here is the sensor's to wait for. Start at [Main].
package agent
