package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// junitName is the name in all JUnit reports of ringer.
const junitName = "ringer"

// IsJUnit reports whether a text is a complete report that [JUnit] wrote.
func IsJUnit(text []byte) bool {
	in := xml.NewDecoder(bytes.NewReader(text))
	root := true
	for {
		token, err := in.Token()
		if err != nil {
			return !root && errors.Is(err, io.EOF)
		}
		start, ok := token.(xml.StartElement)
		if !ok || !root {
			continue
		}
		root = false
		if start.Name.Local != "testsuites" || attribute(start, "name") != junitName {
			return false
		}
	}
}

func attribute(element xml.StartElement, name string) string {
	for _, found := range element.Attr {
		if found.Name.Local == name {
			return found.Value
		}
	}
	return ""
}

// fidelityMark is in the head of every page that [FidelityHTML] writes.
const fidelityMark = `<meta name="generator" content="ringer fidelity">`

// IsFidelityHTML reports whether a text is a page that [FidelityHTML] wrote.
func IsFidelityHTML(text []byte) bool {
	head, _, found := bytes.Cut(text, []byte("</head>"))
	return found && bytes.HasPrefix(head, []byte("<!DOCTYPE html>")) && bytes.Contains(head, []byte("\n"+fidelityMark+"\n"))
}
