package send

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// bulk is the bulk API of Elasticsearch and OpenSearch. Each entry is created under its
// own id, so that one that is there already is answered with 409 and is not there twice.
type bulk struct {
	*client
	index string
}

func newBulk(to target.Target, c *client) *bulk { return &bulk{c, to.Index} }

// Guarantee holds within an index: a data stream that has begun another index in between
// may take an entry again.
func (b *bulk) Guarantee() ship.Guarantee { return ship.Once }

func (b *bulk) Close() error { return b.close() }

type bulkAction struct {
	Create struct {
		Index string `json:"_index"`
		ID    string `json:"_id"`
	} `json:"create"`
}

// Send fails as answers as a whole say.
func (b *bulk) Send(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	var body bytes.Buffer
	for _, e := range batch {
		var action bulkAction
		action.Create.Index, action.Create.ID = b.index, e.ID
		line, err := json.Marshal(action)
		if err != nil {
			return nil, err
		}
		body.Write(line)
		body.WriteByte('\n')
		body.Write(e.Body)
		body.WriteByte('\n')
	}
	got, err := b.post(ctx, b.path("/_bulk"), "application/x-ndjson", nil, body.Bytes())
	if err != nil {
		return nil, err
	}
	if got.status == http.StatusInternalServerError {
		return nil, &ship.RetryError{After: got.after, Err: got.err()}
	}
	if err := got.err(http.StatusBadRequest); err != nil {
		return nil, err
	}
	return bulkOutcomes(got.body, len(batch))
}

type bulkAnswer struct {
	Items []map[string]struct {
		Status int             `json:"status"`
		Error  json.RawMessage `json:"error"`
	} `json:"items"`
}

// bulkOutcomes reads what became of so many entries. It fails with a *ship.RetryError
// where the answer is not about as many: what was taken is then there already next time.
func bulkOutcomes(body []byte, n int) ([]ship.Outcome, error) {
	var got bulkAnswer
	if err := json.Unmarshal(body, &got); err != nil {
		return nil, &ship.RetryError{Err: fmt.Errorf("read the answer to a bulk request: %w", err)}
	}
	if len(got.Items) != n {
		return nil, &ship.RetryError{Err: fmt.Errorf("the answer to a bulk request is about %d entries, not about %d", len(got.Items), n)}
	}
	outcomes := make([]ship.Outcome, n)
	for i, item := range got.Items {
		status, why := 0, json.RawMessage(nil)
		for _, of := range item { // one: what was asked for
			status, why = of.Status, of.Error
		}
		outcomes[i] = bulkOutcome(status, why)
	}
	return outcomes, nil
}

func bulkOutcome(status int, why json.RawMessage) ship.Outcome {
	reason := fmt.Sprintf("%d %s", status, bulkReason(why))
	switch {
	case status >= 200 && status < 300:
		return ship.Outcome{Fate: ship.Delivered}
	case status == http.StatusConflict:
		return ship.Outcome{Fate: ship.Already}
	case status == http.StatusTooManyRequests, status >= 500, status == 0:
		return ship.Outcome{Fate: ship.Again, Reason: reason}
	}
	return ship.Outcome{Fate: ship.Refused, Reason: reason}
}

// bulkReason is the type of an error and what it says, without what was quoted of the
// entry: reasons are counted.
func bulkReason(why json.RawMessage) string {
	var said struct{ Type, Reason string }
	if json.Unmarshal(why, &said) != nil || said.Type == "" {
		return ship.OneLine(string(why))
	}
	return said.Type + ": " + ship.OneLine(said.Reason)
}
