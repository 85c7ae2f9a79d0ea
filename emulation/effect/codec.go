package effect

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// The closed sets. What is not listed here cannot cross into a container.
var (
	acts = kinds[Act](Run{}, Write{}, Append{}, Copy{}, Move{}, Remove{}, Truncate{}, MakeDir{}, SetMode{},
		SymLink{}, SetTimes{}, SetValue{}, DeleteValue{}, DeleteKey{}, Pack{},
		Load{}, Access{}, Log{}, Connect{}, Resolve{}, Export{}, Request{})
	checks = kinds[Check](Holds{}, EndsWith{}, Gone{}, Empty{}, SameAs{}, TimesLike{}, ModeIs{}, LinksTo{},
		ValueIs{}, Packs{}, Exported{})
)

// kinded is what acts and checks have in common.
type kinded interface{ Kind() string }

func kinds[T kinded](all ...T) map[string]reflect.Type {
	known := make(map[string]reflect.Type, len(all))
	for _, one := range all {
		if known[one.Kind()] != nil {
			panic("effect: two of kind " + one.Kind())
		}
		known[one.Kind()] = reflect.TypeOf(one)
	}
	return known
}

// tagged is one act or check on the wire.
type tagged struct {
	Kind string          `json:"kind"`
	With json.RawMessage `json:"with"`
}

func encode[T kinded](all []T) ([]tagged, error) {
	out := make([]tagged, len(all))
	for i, one := range all {
		with, err := json.Marshal(one)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", one.Kind(), err)
		}
		out[i] = tagged{Kind: one.Kind(), With: with}
	}
	return out, nil
}

func decode[T kinded](known map[string]reflect.Type, all []tagged) ([]T, error) {
	var out []T
	for _, one := range all {
		kind := known[one.Kind]
		if kind == nil {
			return nil, fmt.Errorf("decode %q: no such kind", one.Kind)
		}
		value := reflect.New(kind)
		if err := json.Unmarshal(one.With, value.Interface()); err != nil {
			return nil, fmt.Errorf("decode %s: %w", one.Kind, err)
		}
		out = append(out, value.Elem().Interface().(T))
	}
	return out, nil
}

// fields has Process's fields without its methods, so that encoding it does not
// come back here.
type fields Process

type wireProcess struct {
	fields
	Acts []tagged `json:"acts,omitempty"`
}

// MarshalJSON writes each act with its kind.
func (p Process) MarshalJSON() ([]byte, error) {
	acts, err := encode(p.Acts)
	if err != nil {
		return nil, err
	}
	return json.Marshal(wireProcess{fields(p), acts})
}

// UnmarshalJSON refuses kinds that are not in the closed set.
func (p *Process) UnmarshalJSON(text []byte) error {
	var wire wireProcess
	if err := json.Unmarshal(text, &wire); err != nil {
		return err
	}
	decoded, err := decode[Act](acts, wire.Acts)
	if err != nil {
		return err
	}
	*p = Process(wire.fields)
	p.Acts = decoded
	return nil
}

type wirePlan struct {
	Given []Given   `json:"given,omitempty"`
	Do    []Process `json:"do"`
	Prove []tagged  `json:"prove"`
}

// MarshalJSON writes each check with its kind.
func (p Plan) MarshalJSON() ([]byte, error) {
	prove, err := encode(p.Prove)
	if err != nil {
		return nil, err
	}
	return json.Marshal(wirePlan{p.Given, p.Do, prove})
}

// UnmarshalJSON refuses kinds that are not in the closed set.
func (p *Plan) UnmarshalJSON(text []byte) error {
	var wire wirePlan
	if err := json.Unmarshal(text, &wire); err != nil {
		return err
	}
	prove, err := decode[Check](checks, wire.Prove)
	if err != nil {
		return err
	}
	*p = Plan{Given: wire.Given, Do: wire.Do, Prove: prove}
	return nil
}
