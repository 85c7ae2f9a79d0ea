package send

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// otlp is OpenTelemetry's protocol for logs over HTTP. It has no ids by which a record
// could be known that arrives twice; each has its own in the attribute ringer.event.
type otlp struct{ *client }

func newOTLP(_ target.Target, c *client) *otlp { return &otlp{c} }

// Guarantee is that of the protocol.
func (o *otlp) Guarantee() ship.Guarantee { return ship.AtLeastOnce }

func (o *otlp) Close() error { return o.close() }

// The ends of a request, between which the logs of entries stand.
var (
	otlpBegin = []byte(`{"resourceLogs":[`)
	otlpEnd   = []byte(`]}`)
)

var errNoRequest = errors.New("it is not a request to export logs")

// Send fails as answers as a whole say.
func (o *otlp) Send(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	body, outcomes, sent := otlpRequest(batch)
	if sent == 0 {
		return outcomes, nil
	}
	got, err := o.post(ctx, o.path("/v1/logs"), "application/json", nil, body)
	if err != nil {
		return nil, err
	}
	if err := got.err(http.StatusBadRequest); err != nil {
		return nil, err
	}
	rejected, reason, err := otlpRejected(got.body, sent)
	if err != nil {
		return nil, &ship.RetryError{Err: err}
	}
	// Which ones it does not say; it forbids to send any again.
	for i := len(outcomes) - 1; i >= 0 && rejected > 0; i-- {
		if outcomes[i].Fate == ship.Delivered {
			outcomes[i] = ship.Outcome{Fate: ship.Refused, Reason: reason}
			rejected--
		}
	}
	return outcomes, nil
}

// otlpRequest puts the requests of entries together to one, and counts them. What is none
// is refused.
func otlpRequest(batch []ship.Entry) (body []byte, outcomes []ship.Outcome, sent int) {
	outcomes = make([]ship.Outcome, len(batch))
	body = append(body, otlpBegin...)
	for i, e := range batch {
		inner, begins := bytes.CutPrefix(e.Body, otlpBegin)
		inner, ends := bytes.CutSuffix(inner, otlpEnd)
		if !begins || !ends || len(inner) == 0 {
			outcomes[i] = ship.Outcome{Fate: ship.Refused, Reason: errNoRequest.Error()}
			continue
		}
		if sent > 0 {
			body = append(body, ',')
		}
		body = append(body, inner...)
		outcomes[i] = ship.Outcome{Fate: ship.Delivered}
		sent++
	}
	return append(body, otlpEnd...), outcomes, sent
}

// otlpRejected reads how many of so many records were rejected, and why. It fails if the
// answer cannot be read.
func otlpRejected(body []byte, sent int) (rejected int, reason string, err error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return 0, "", nil
	}
	var got struct {
		PartialSuccess struct {
			// A number of 64 bits, which is a text in this JSON; some write a number.
			RejectedLogRecords json.RawMessage `json:"rejectedLogRecords"`
			ErrorMessage       string          `json:"errorMessage"`
		} `json:"partialSuccess"`
	}
	if err := json.Unmarshal(body, &got); err != nil {
		return 0, "", fmt.Errorf("read the answer to an export: %w", err)
	}
	number := string(bytes.Trim(got.PartialSuccess.RejectedLogRecords, `"`))
	if number == "" || number == "null" {
		return 0, "", nil
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 {
		return 0, "", fmt.Errorf("read the answer to an export: %q is not a number of records", ship.OneLine(number))
	}
	return int(min(n, int64(sent))), "rejected, by number alone: " + ship.OneLine(got.PartialSuccess.ErrorMessage), nil
}
