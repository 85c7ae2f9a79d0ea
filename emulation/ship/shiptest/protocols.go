package shiptest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// NewHEC starts an HTTP Event Collector that wants that token. With acknowledge it also
// acknowledges. It fails if it cannot listen.
func NewHEC(token string, acknowledge bool, faults Faults) (*Receiver, error) {
	return start(faults, func(r *Receiver, w http.ResponseWriter, request *http.Request, body []byte) bool {
		channel := request.Header.Get("X-Splunk-Request-Channel")
		switch {
		case request.Header.Get("Authorization") != "Splunk "+token:
			answer(w, http.StatusForbidden, map[string]any{"text": "Invalid token", "code": 4})
		case acknowledge && channel == "":
			answer(w, http.StatusBadRequest, map[string]any{"text": "Data channel is missing", "code": 10})
		case request.URL.Path == "/services/collector/ack":
			return r.takeAck(w, channel, body)
		case request.URL.Path == "/services/collector/event":
			return r.takeHEC(w, channel, acknowledge, body)
		default:
			answer(w, http.StatusNotFound, map[string]any{"text": unknownPath(request.URL.Path), "code": 404})
		}
		return true
	})
}

// takeHEC takes a batch: objects one after the other, each with an event.
func (r *Receiver) takeHEC(w http.ResponseWriter, channel string, acknowledge bool, body []byte) bool {
	type envelope struct {
		Time   json.Number     `json:"time"`
		Event  json.RawMessage `json:"event"`
		Fields struct {
			ID     string `json:"ringer_id"`
			Run    string `json:"ringer_run"`
			Replay string `json:"ringer_replay"`
		} `json:"fields"`
	}
	var all []envelope
	decoder := json.NewDecoder(bytes.NewReader(body))
	for {
		var e envelope
		err := decoder.Decode(&e)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || e.Fields.ID == "" || e.Fields.Run == "" {
			answer(w, http.StatusBadRequest, map[string]any{"text": "Invalid data format", "code": 6, "invalid-event-number": len(all)})
			return true
		}
		if len(e.Event) == 0 || string(e.Event) == `""` {
			answer(w, http.StatusBadRequest, map[string]any{"text": "Event field is required", "code": 12, "invalid-event-number": len(all)})
			return true
		}
		all = append(all, e)
	}
	for _, e := range all {
		r.add(e.Fields.ID, e.Fields.Replay == "true")
	}
	said := map[string]any{"text": "Success", "code": 0}
	if acknowledge {
		said["ackId"] = r.nextAck(channel)
	}
	answer(w, http.StatusOK, said)
	return true
}

// takeAck answers which batches are acknowledged: all that were taken.
func (r *Receiver) takeAck(w http.ResponseWriter, channel string, body []byte) bool {
	var asked struct {
		Acks []json.Number `json:"acks"`
	}
	if err := json.Unmarshal(body, &asked); err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"text": "Invalid data format", "code": 6})
		return true
	}
	acks := map[string]bool{}
	for _, number := range asked.Acks {
		acks[number.String()] = r.acked(channel, number.String())
	}
	answer(w, http.StatusOK, map[string]any{"acks": acks})
	return true
}

// NewBulk starts a bulk API. It takes no document twice under one id, answers that it is
// busy about one item in a hundred, and refuses documents for which refuse returns a
// reason; refuse may be nil. It fails if it cannot listen.
func NewBulk(faults Faults, refuse func(document []byte) string) (*Receiver, error) {
	return start(faults, func(r *Receiver, w http.ResponseWriter, request *http.Request, body []byte) bool {
		if request.URL.Path != "/_bulk" || request.Header.Get("Content-Type") != "application/x-ndjson" || !bytes.HasSuffix(body, []byte{'\n'}) {
			answer(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"type": "illegal_argument_exception", "reason": unknownPath(request.URL.Path)}, "status": 400})
			return true
		}
		lines := bytes.Split(bytes.TrimSuffix(body, []byte{'\n'}), []byte{'\n'})
		items, failed := []any{}, false
		for i := 0; i+1 < len(lines); i += 2 {
			item := r.takeDocument(lines[i], lines[i+1], refuse)
			failed = failed || item["error"] != nil
			items = append(items, map[string]any{"create": item})
		}
		answer(w, http.StatusOK, map[string]any{"took": 1, "errors": failed, "items": items})
		return true
	})
}

func (r *Receiver) takeDocument(action, document []byte, refuse func([]byte) string) map[string]any {
	var said struct {
		Create struct {
			Index string `json:"_index"`
			ID    string `json:"_id"`
		} `json:"create"`
	}
	wrong := func(status int, kind, reason string) map[string]any {
		return map[string]any{"_id": said.Create.ID, "status": status, "error": map[string]any{"type": kind, "reason": reason}}
	}
	var of map[string]json.RawMessage
	switch {
	case json.Unmarshal(action, &said) != nil || said.Create.Index == "" || said.Create.ID == "" || json.Unmarshal(document, &of) != nil:
		return wrong(http.StatusBadRequest, "document_parsing_exception", "failed to parse")
	case r.has(said.Create.ID):
		return wrong(http.StatusConflict, "version_conflict_engine_exception", "document already exists")
	case r.faults.Share > 0 && r.chance() < 0.01:
		return wrong(http.StatusTooManyRequests, "es_rejected_execution_exception", "rejected execution")
	}
	if refuse != nil {
		if reason := refuse(document); reason != "" {
			return wrong(http.StatusBadRequest, "document_parsing_exception", reason)
		}
	}
	r.add(said.Create.ID, bytes.Contains(document, []byte(`"replay":true`)))
	return map[string]any{"_id": said.Create.ID, "status": http.StatusCreated, "result": "created"}
}

// Logs are what an export request has: the ids of its records, and which of them are
// replays.
type Logs struct {
	IDs     []string
	Replays []bool
}

// NewOTLP starts a collector of logs. What a request has is read by read, which fails for
// what is none. It rejects the last of each request whose event's id ends with reject, by
// number alone, as the protocol has it; "" rejects none. It fails if it cannot listen.
func NewOTLP(faults Faults, read func(body []byte) (Logs, error), reject string) (*Receiver, error) {
	return start(faults, func(r *Receiver, w http.ResponseWriter, request *http.Request, body []byte) bool {
		logs, err := read(body)
		if err != nil || request.URL.Path != "/v1/logs" || request.Header.Get("Content-Type") != "application/json" {
			answer(w, http.StatusBadRequest, map[string]any{"message": fmt.Sprint(err)})
			return true
		}
		rejected := 0
		for i, id := range logs.IDs {
			if reject != "" && strings.HasSuffix(id, reject) {
				rejected++
				continue
			}
			r.add(id, logs.Replays[i])
		}
		said := map[string]any{}
		if rejected > 0 {
			said["partialSuccess"] = map[string]any{"rejectedLogRecords": fmt.Sprint(rejected), "errorMessage": "too old"}
		}
		answer(w, http.StatusOK, said)
		return true
	})
}
