package winevent

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// Converters of XML call an element's attributes, and the text beside them, one of
// these; others write each attribute with one of the signs before its name.
var (
	attributeGroups = [...]string{"#attributes", "@attributes", "$", "_attributes", "attributes"}
	contentNames    = [...]string{"#text", "_", "$t", "_text", "#content", "+content", "Value", "value"}
	attributeSigns  = [...]string{"@", "+@", "-"}
)

// separate is what evtx_dump adds to the name of an element to have its attributes
// apart.
const separate = "_attributes"

// attribute is an attribute of an element; nil if it has none of that name.
func attribute(element *record.Value, name string) *record.Value {
	for _, group := range attributeGroups {
		if found := element.Get(group).Get(name); found != nil {
			return found
		}
	}
	for _, sign := range attributeSigns {
		if found := element.Get(sign + name); found != nil {
			return found
		}
	}
	return element.Get(name)
}

// content is the text of an element; ok is false where it has none.
func content(element *record.Value) (text *record.Value, ok bool) {
	for _, name := range contentNames {
		if found := element.Get(name); found != nil {
			return found, true
		}
	}
	return nil, false
}

// attributeName is the name of an attribute that is written among the children; ok
// is false where it is none.
func attributeName(member string) (name string, ok bool) {
	for _, sign := range attributeSigns {
		if name, ok := strings.CutPrefix(member, sign); ok {
			return name, true
		}
	}
	return "", false
}

func isOneOf(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// isGroup says that a member holds the attributes of the element.
func isGroup(member string) bool { return isOneOf(attributeGroups[:], member) }

// onlyAttributes says that an element has attributes and no more.
func onlyAttributes(element *record.Value) bool {
	for i := range element.Members {
		if _, ok := attributeName(element.Members[i].Name); !ok && !isGroup(element.Members[i].Name) {
			return false
		}
	}
	return len(element.Members) > 0
}
