package detect_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
)

const (
	statedPage  = "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11"
	statedTwice = "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12"
)

func TestStatedFieldsAreOfTheShapeAskedFor(t *testing.T) {
	t.Parallel()
	later, first := written("mail-2", `C:\y.aspx`, 700), written("mail-1", `C:\x.aspx`, 0)
	first.FieldProvenance = map[string]event.Provenance{"Image": event.Stated}
	questions := []detect.Question{
		{Detector: "sigma", Rule: statedPage, Shape: event.Native}, {Detector: "sigma", Rule: statedPage, Shape: event.EDR},
		{Detector: "sigma", Rule: statedTwice, Shape: event.EDR}, {Detector: "other", Rule: statedPage, Shape: event.EDR},
		{Detector: "sigma", Rule: "unknown", Shape: event.EDR},
	}
	dependencies, err := detect.AllStatedFields(t.Context(), []detect.Detector{detector(t, page)}, questions, []event.Event{later, first})
	require.NoError(t, err)
	assert.Equal(t, map[detect.Question]detect.FieldsByEvent{
		questions[1]: {"mail-1": {"Image"}},
		questions[2]: {"mail-2": {"Image"}},
	}, dependencies, "in the order of time, and the writer is known by lineage only")

	dependencies, err = detect.AllStatedFields(t.Context(), []detect.Detector{detector(t, page)}, questions, []event.Event{later})
	require.NoError(t, err)
	assert.Empty(t, dependencies)
}

func TestACancelledSearchForStatedFieldsSaysWhy(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupted"))
	stated := written("1", `C:\x.aspx`, 0)
	stated.Provenance = event.Stated
	_, err := detect.AllStatedFields(ctx, []detect.Detector{detector(t, page)}, []detect.Question{{Detector: "sigma", Rule: statedPage, Shape: event.EDR}}, []event.Event{stated})
	assert.ErrorContains(t, err, "interrupted")
}
