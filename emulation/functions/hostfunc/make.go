package hostfunc

import (
	"fmt"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/ringer-lab/ringer/emulation/argument"
)

// textFunction is a function of texts.
func textFunction(name, doc string, is any, parameters ...string) Function {
	call := textCall(is)
	spec := &function.Spec{Type: function.StaticReturnType(cty.String)}
	for _, parameter := range parameters {
		spec.Params = append(spec.Params, function.Parameter{Name: parameter, Type: cty.String})
	}
	spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		texts := make([]string, len(args))
		for i, arg := range args {
			texts[i] = arg.AsString()
		}
		return cty.StringVal(call(texts)), nil
	}
	return Function{Name: name, Doc: doc, Parameters: parameters, made: function.New(spec)}
}

func textCall(is any) func([]string) string {
	switch f := is.(type) {
	case func(string) string:
		return func(t []string) string { return f(t[0]) }
	case func(string, string) string:
		return func(t []string) string { return f(t[0], t[1]) }
	case func(string, string, string) string:
		return func(t []string) string { return f(t[0], t[1], t[2]) }
	case func(string, string, string, string) string:
		return func(t []string) string { return f(t[0], t[1], t[2], t[3]) }
	}
	panic(fmt.Sprintf("hostfunc: a function of texts of type %T", is))
}

// objectFunction is a function of one object, whose entries are T's fields.
func objectFunction[T any](name, doc, parameter string, is func(T) string) Function {
	shape := argument.Argument{Name: parameter, Type: "object", Arguments: argument.Of[T]()}
	made := function.New(&function.Spec{
		Params: []function.Parameter{{Name: parameter, Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() {
				return cty.UnknownVal(cty.String), nil
			}
			var into T
			if err := shape.Into(&into, args[0]); err != nil {
				return cty.NilVal, function.NewArgErrorf(0, "%s", err)
			}
			return cty.StringVal(is(into)), nil
		},
	})
	return Function{Name: name, Doc: doc, Parameters: []string{parameter}, made: made}
}
