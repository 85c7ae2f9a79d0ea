package effect

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sync"
)

// The closed sets. What is not listed here cannot cross into a container.
var (
	acts = sync.OnceValue(func() map[string]reflect.Type {
		return kinds[Act](Run{}, Write{}, Append{}, Copy{}, Move{}, Remove{}, Truncate{}, MakeDir{}, SetMode{},
			SymLink{}, SetTimes{}, SetValue{}, DeleteValue{}, DeleteKey{}, Pack{},
			Load{}, Access{}, Log{}, Connect{}, Resolve{}, Export{}, Request{})
	})
	checks = sync.OnceValue(func() map[string]reflect.Type {
		return kinds[Check](ContentIs{}, EndsWith{}, Gone{}, Empty{}, SameAs{}, TimesLike{}, ModeIs{}, LinksTo{},
			ValueIs{}, Packs{}, Exported{})
	})
)

// kindNamer is what acts and checks have in common.
type kindNamer interface{ Kind() string }

func kinds[T kindNamer](all ...T) map[string]reflect.Type {
	known := make(map[string]reflect.Type, len(all))
	for _, value := range all {
		if known[value.Kind()] != nil {
			panic("effect: two of kind " + value.Kind())
		}
		known[value.Kind()] = reflect.TypeOf(value)
	}
	return known
}

// taggedValue is one act or check on the wire.
type taggedValue struct {
	Kind string          `json:"kind"`
	With json.RawMessage `json:"with"`
}

func encode[T kindNamer](all []T) ([]taggedValue, error) {
	out := make([]taggedValue, len(all))
	for i, value := range all {
		with, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", value.Kind(), err)
		}
		out[i] = taggedValue{Kind: value.Kind(), With: with}
	}
	return out, nil
}

func decode[T kindNamer](known map[string]reflect.Type, all []taggedValue) ([]T, error) {
	var out []T
	for _, entry := range all {
		value, err := decodeOne[T](known, entry.Kind, func(into any) error { return json.Unmarshal(entry.With, into) })
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, nil
}

func decodeOne[T kindNamer](known map[string]reflect.Type, kind string, read func(into any) error) (decoded T, err error) {
	of := known[kind]
	if of == nil {
		return decoded, fmt.Errorf("decode %q: unknown kind", kind)
	}
	value := reflect.New(of)
	if err := read(value.Interface()); err != nil {
		return decoded, fmt.Errorf("decode %s: %w", kind, err)
	}
	return value.Elem().Interface().(T), nil
}

// DecodeAct returns an act of a kind with what read decodes into the pointer that it is
// given: the act's JSON without its kind. It returns an error for a kind that is not in
// the closed set, and read's.
func DecodeAct(kind string, read func(into any) error) (Act, error) {
	return decodeOne[Act](acts(), kind, read)
}

// DecodeCheck is DecodeAct for a check. It fails likewise.
func DecodeCheck(kind string, read func(into any) error) (Check, error) {
	return decodeOne[Check](checks(), kind, read)
}

// processFields has Process's fields without its methods, so that encoding it does not
// come back here.
type processFields Process

type wireProcess struct {
	processFields
	Acts []taggedValue `json:"acts,omitempty"`
}

// MarshalJSON writes each act with its kind. It returns an error for an act that
// cannot be encoded, which none of this package's is.
func (p Process) MarshalJSON() ([]byte, error) {
	acts, err := encode(p.Acts)
	if err != nil {
		return nil, err
	}
	return json.Marshal(wireProcess{processFields(p), acts})
}

// UnmarshalJSON reads what MarshalJSON wrote. It returns an error for an act of a
// kind that is not in the closed set.
func (p *Process) UnmarshalJSON(text []byte) error {
	var wire wireProcess
	if err := json.Unmarshal(text, &wire); err != nil {
		return err
	}
	decoded, err := decode[Act](acts(), wire.Acts)
	if err != nil {
		return err
	}
	*p = Process(wire.processFields)
	p.Acts = decoded
	return nil
}

type wireStepPlan struct {
	Preconditions []Precondition `json:"given,omitempty"`
	Processes     []Process      `json:"do"`
	Checks        []taggedValue  `json:"prove"`
}

// MarshalJSON writes each check with its kind. It returns an error for a check
// that cannot be encoded, which none of this package's is.
func (p StepPlan) MarshalJSON() ([]byte, error) {
	prove, err := encode(p.Checks)
	if err != nil {
		return nil, err
	}
	return json.Marshal(wireStepPlan{p.Preconditions, p.Processes, prove})
}

// UnmarshalJSON reads what MarshalJSON wrote. It returns an error for an act or a
// check of a kind that is not in the closed set.
func (p *StepPlan) UnmarshalJSON(text []byte) error {
	var wire wireStepPlan
	if err := json.Unmarshal(text, &wire); err != nil {
		return err
	}
	prove, err := decode[Check](checks(), wire.Checks)
	if err != nil {
		return err
	}
	*p = StepPlan{Preconditions: wire.Preconditions, Processes: wire.Processes, Checks: prove}
	return nil
}
