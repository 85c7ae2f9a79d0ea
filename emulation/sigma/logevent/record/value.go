package record

import (
	"encoding/json"
	"strings"
)

// Kind is what a value is.
type Kind uint8

// The kinds of JSON; text is the kind of everything that other formats have.
const (
	Null Kind = iota
	Bool
	Number
	Text
	List
	Object
)

// Value is one value of a record, or the whole of it.
type Value struct {
	Kind Kind
	// Text is what a text, a number or a boolean says.
	Text string
	// Members are those of an object in the order they were written in, or the
	// elements of a list, which have no names.
	Members []Member
}

// Member is a named value of an object, or an element of a list.
type Member struct {
	Name string
	Value
}

// OfText is a text.
func OfText(s string) Value { return Value{Kind: Text, Text: s} }

// Get is the member of that name; nil if there is none, or v is no object.
func (v *Value) Get(name string) *Value {
	if v == nil || v.Kind != Object {
		return nil
	}
	for i := range v.Members {
		if v.Members[i].Name == name {
			return &v.Members[i].Value
		}
	}
	return nil
}

// At goes down to a member by the names on the way, which dots part. A name with
// dots is found too where an object has it as it is.
func (v *Value) At(path string) *Value {
	if found := v.Get(path); found != nil {
		return found
	}
	for end := strings.IndexByte(path, '.'); end > 0; {
		if inside := v.Get(path[:end]); inside != nil {
			if found := inside.At(path[end+1:]); found != nil {
				return found
			}
		}
		next := strings.IndexByte(path[end+1:], '.')
		if next < 0 {
			return nil
		}
		end += 1 + next
	}
	return nil
}

// Said is the text of a text, number or boolean at a path; it is empty where there
// is none.
func (v *Value) Said(path string) string { return v.At(path).Scalar() }

// Scalar is the text of a text, number or boolean; it is empty for others and nil.
func (v *Value) Scalar() string {
	if v == nil {
		return ""
	}
	return v.Text
}

// Put sets a member, in the place of one of the same name.
func (v *Value) Put(name string, to Value) {
	if has := v.Get(name); has != nil {
		*has = to
		return
	}
	v.Kind = Object
	v.Members = append(v.Members, Member{name, to})
}

// Any is the value as the fields of an event hold it: string, bool, json.Number, nil,
// []any or map[string]any. Of members of one name the last counts.
func (v *Value) Any() any {
	switch v.Kind {
	case Bool:
		return v.Text == "true"
	case Number:
		return json.Number(v.Text)
	case Text:
		return v.Text
	case List:
		list := make([]any, len(v.Members))
		for i := range v.Members {
			list[i] = v.Members[i].Any()
		}
		return list
	case Object:
		return v.Fields(0)
	}
	return nil
}

// Fields are the members of an object, in a map with room for some more.
func (v *Value) Fields(more int) map[string]any {
	fields := make(map[string]any, len(v.Members)+more)
	for i := range v.Members {
		fields[v.Members[i].Name] = v.Members[i].Any()
	}
	return fields
}
