package send

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// hec is Splunk's HTTP Event Collector. Where the token has indexer acknowledgment a batch
// counts only once it is acknowledged, also by a later process. An answer that was lost
// has the batch sent again: each event has its id in the field ringer_id.
type hec struct {
	*client
	index, sourcetype string
	ackTimeout        time.Duration
	pending           pending
	keep              func() error
}

// pending is what waits to be acknowledged, as a cursor has it.
type pending struct {
	Channel string `json:"channel"`
	Ack     *int64 `json:"ack,omitempty"`
	Count   int    `json:"count,omitempty"`
}

func newHEC(to target.Target, c *client, ackTimeout time.Duration) *hec {
	return &hec{client: c, index: to.Index, sourcetype: to.Sourcetype, ackTimeout: ackTimeout,
		pending: pending{Channel: uuid.NewString()}, keep: func() error { return nil }}
}

// Guarantee is that of the protocol, with acknowledgment and without.
func (h *hec) Guarantee() ship.Guarantee { return ship.AtLeastOnce }

func (h *hec) Close() error { return h.close() }

// Cursor is the channel, and what waits to be acknowledged on it.
func (h *hec) Cursor() string {
	text, _ := json.Marshal(h.pending) // texts and numbers alone
	return string(text)
}

// Resume goes on with the channel of an earlier process. It fails if that is none.
func (h *hec) Resume(cursor string) error {
	if cursor == "" {
		return nil
	}
	var was pending
	if err := json.Unmarshal([]byte(cursor), &was); err != nil {
		return fmt.Errorf("read what waits for acknowledgment: %w", err)
	}
	if _, err := uuid.Parse(was.Channel); err != nil || was.Count < 0 {
		return fmt.Errorf("read what waits for acknowledgment: %q is not a channel", ship.OneLine(was.Channel))
	}
	h.pending = was
	return nil
}

// OnCursor sets what keeps the cursor while a batch is under way.
func (h *hec) OnCursor(keep func() error) { h.keep = keep }

// Send fails as answers as a whole say, if a batch is not acknowledged in time, or if the
// cursor cannot be kept.
func (h *hec) Send(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	if h.pending.Ack != nil { // of an earlier process
		return h.awaitEarlier(ctx, len(batch))
	}
	body, err := h.body(batch)
	if err != nil {
		return nil, err
	}
	got, err := h.post(ctx, h.path("/services/collector/event"), "application/json", h.channel(), body)
	if err != nil {
		return nil, err
	}
	said, err := hecSaid(got)
	if err != nil {
		return nil, err
	}
	if said.AckID != nil {
		h.pending.Ack, h.pending.Count = said.AckID, len(batch)
		if err := h.keep(); err != nil {
			return nil, err
		}
		err := h.await(ctx, *said.AckID)
		if err != nil && ctx.Err() != nil {
			return nil, err // the next process asks for it
		}
		h.pending.Ack, h.pending.Count = nil, 0
		if err != nil {
			return nil, err
		}
	}
	return ship.AllOf(len(batch), ship.Outcome{Fate: ship.Delivered}), nil
}

// awaitEarlier asks for what an earlier process sent: the first entries of the batch.
func (h *hec) awaitEarlier(ctx context.Context, n int) ([]ship.Outcome, error) {
	err := h.await(ctx, *h.pending.Ack)
	if err != nil && ctx.Err() != nil {
		return nil, err
	}
	sent := min(h.pending.Count, n)
	h.pending.Ack, h.pending.Count = nil, 0
	if err != nil {
		return nil, err
	}
	return append(ship.AllOf(sent, ship.Outcome{Fate: ship.Delivered}), ship.AllOf(n-sent, ship.Outcome{Reason: "not sent before"})...), nil
}

func (h *hec) channel() http.Header {
	return http.Header{"X-Splunk-Request-Channel": {h.pending.Channel}}
}

// hecEvent is the envelope of an event.
type hecEvent struct {
	Time       json.Number       `json:"time,omitempty"`
	Host       string            `json:"host,omitempty"`
	Source     string            `json:"source"`
	Sourcetype string            `json:"sourcetype,omitempty"`
	Index      string            `json:"index,omitempty"`
	Event      json.RawMessage   `json:"event"`
	Fields     map[string]string `json:"fields"`
}

// body is the envelopes one after the other, which is how Splunk takes a batch.
func (h *hec) body(batch []ship.Entry) ([]byte, error) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	for _, e := range batch {
		event := json.RawMessage(e.Body)
		if !json.Valid(e.Body) || e.Body[0] != '{' { // a line of text
			text, err := json.Marshal(strings.ToValidUTF8(string(e.Body), "\uFFFD"))
			if err != nil {
				return nil, err
			}
			event = text
		}
		envelope := hecEvent{
			Host: e.Host, Source: "ringer", Sourcetype: h.sourcetype, Index: h.index, Event: event,
			Fields: map[string]string{"ringer_id": e.ID, "ringer_run": e.Run, "ringer_provenance": e.Provenance},
		}
		if seconds := e.Time.Unix(); seconds >= 0 {
			envelope.Time = json.Number(fmt.Sprintf("%d.%03d", seconds, e.Time.Nanosecond()/int(time.Millisecond)))
		}
		if e.Replay {
			envelope.Fields["ringer_replay"] = "true"
		}
		if err := encoder.Encode(envelope); err != nil {
			return nil, err
		}
	}
	return body.Bytes(), nil
}

// hecAnswer is what the collector says.
type hecAnswer struct {
	Text  string `json:"text"`
	Code  int    `json:"code"`
	AckID *int64 `json:"ackId"`
}

// hecBad are the codes that are about events: the format of their data, a missing or blank
// event, fields that cannot be indexed. Others are about the token, index or channel, and
// so about all.
var hecBad = map[int]bool{6: true, 12: true, 13: true, 15: true}

// hecSaid reads an answer; the error is what it means for the batch.
func hecSaid(got answer) (hecAnswer, error) {
	var said hecAnswer
	read := json.Unmarshal(got.body, &said)
	switch {
	case got.status == http.StatusBadRequest && read == nil && hecBad[said.Code]:
		return said, got.err(http.StatusBadRequest)
	case got.status == http.StatusInternalServerError:
		return said, &ship.RetryError{After: got.after, Err: got.err()}
	}
	if err := got.err(); err != nil {
		return said, err
	}
	if read != nil {
		return said, &ship.RetryError{Err: fmt.Errorf("read the answer of the collector: %w", read)}
	}
	return said, nil
}

// The waits between questions for an acknowledgment.
const (
	firstAsk = 20 * time.Millisecond
	lastAsk  = 5 * time.Second
)

// await asks until a batch is acknowledged. It fails with the cause of ctx, or with a
// *ship.RetryError if that takes too long; the batch must then be sent again.
func (h *hec) await(ctx context.Context, ack int64) error {
	timeout := time.NewTimer(h.ackTimeout)
	defer timeout.Stop()
	address := strings.TrimSuffix(h.path("/services/collector/event"), "/event") + "/ack"
	for wait := firstAsk; ; wait = min(2*wait, lastAsk) {
		acked, err := h.ask(ctx, address, ack)
		if acked {
			return nil
		}
		next := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			next.Stop()
			return context.Cause(ctx)
		case <-timeout.C:
			next.Stop()
			if err == nil {
				err = fmt.Errorf("not acknowledged within %s", h.ackTimeout)
			}
			return &ship.RetryError{Err: err}
		case <-next.C:
		}
	}
}

// ask asks once. It fails if there is no answer to be read.
func (h *hec) ask(ctx context.Context, address string, ack int64) (bool, error) {
	body := fmt.Appendf(nil, `{"acks":[%d]}`, ack)
	got, err := h.post(ctx, address, "application/json", h.channel(), body)
	if err != nil {
		return false, err
	}
	if err := got.err(); err != nil {
		return false, err
	}
	return hecAcked(got.body, ack)
}

// hecAcked reads whether a batch is acknowledged. It fails if the answer cannot be read.
func hecAcked(body []byte, ack int64) (bool, error) {
	var got struct {
		Acks map[string]bool `json:"acks"`
	}
	if err := json.Unmarshal(body, &got); err != nil {
		return false, fmt.Errorf("read the acknowledgment of the collector: %w", err)
	}
	return got.Acks[fmt.Sprint(ack)], nil
}
