package record

import (
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// readingPlans are the options by which plans are read. Package effect has to make do
// with the standard library, by which each act is gone over once more for every process
// that it is within; here all are read in one pass.
var readingPlans = json.JoinOptions(jsonv1.DefaultOptionsV1(), json.WithUnmarshalers(json.JoinUnmarshalers(
	json.UnmarshalFromFunc(readStepPlan),
	json.UnmarshalFromFunc(readProcess),
	json.UnmarshalFromFunc(func(from *jsontext.Decoder, act *effect.Act) error { return readTagged(from, act, effect.DecodeAct) }),
	json.UnmarshalFromFunc(func(from *jsontext.Decoder, check *effect.Check) error {
		return readTagged(from, check, effect.DecodeCheck)
	}),
)))

func readPlan(text []byte, into *planLine) error { return json.Unmarshal(text, into, readingPlans) }

func readStepPlan(from *jsontext.Decoder, plan *effect.StepPlan) error {
	type withoutMethods effect.StepPlan
	return json.UnmarshalDecode(from, (*withoutMethods)(plan))
}

func readProcess(from *jsontext.Decoder, process *effect.Process) error {
	type withoutMethods effect.Process
	wire := struct {
		*withoutMethods
		Acts *[]effect.Act `json:"acts"`
	}{(*withoutMethods)(process), &process.Acts}
	return json.UnmarshalDecode(from, &wire)
}

var errNoKind = errors.New("expected an act or a check: its kind, then what it is with")

// readTagged reads an act or a check, whose kind stands before it.
func readTagged[T any](from *jsontext.Decoder, into *T, decode func(kind string, read func(any) error) (T, error)) error {
	var kind string
	read := false
	if open, err := from.ReadToken(); err != nil {
		return err
	} else if open.Kind() != '{' {
		return errNoKind
	}
	for from.PeekKind() != '}' {
		name, err := from.ReadToken()
		switch {
		case err != nil:
			return err
		case name.Kind() != '"':
			return errNoKind
		}
		switch name.String() {
		case "kind":
			err = json.UnmarshalDecode(from, &kind)
		case "with":
			*into, err = decode(kind, func(value any) error { return json.UnmarshalDecode(from, value) })
			read = true
		default:
			err = from.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	if !read {
		return errNoKind
	}
	_, err := from.ReadToken()
	return err
}
