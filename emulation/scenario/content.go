package scenario

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// content is what was found in a block, by its schema.
type content struct {
	*hcl.BodyContent
	of     *schema.Block
	values map[string]any // by the attribute's name; none where there is none or it is wrong
}

// decodeBlock reads the content of a block and reports what its schema does not allow.
func (d *decoder) decodeBlock(block *hcl.Block, of *schema.Block) content {
	c := content{d.decodeBody(block.Body, of.Body()), of, map[string]any{}}
	for _, declared := range of.Attributes {
		attr := c.Attributes[declared.Name]
		if declared.Required && !d.requireAttribute(block, attr, declared) || attr == nil {
			continue
		}
		if got, ok := d.decodeValue(attr, declared); ok {
			c.values[declared.Name] = got
		}
	}
	d.checkCounts(block, c)
	return c
}

// decodeValue evaluates an attribute to the Go type that stands for its type. If ok is
// false, it is null, or an error has been reported.
func (d *decoder) decodeValue(attr *hcl.Attribute, declared schema.Attribute) (got any, ok bool) {
	switch declared.Type {
	case schema.String:
		return asAny(d.stringValue(attr))
	case schema.Strings:
		return asAny(d.stringsValue(attr))
	case schema.Whole:
		return asAny(d.intValue(attr))
	case schema.Share:
		return asAny(d.shareValue(attr))
	case schema.Counts:
		return asAny(numbersValue(d, attr, declared.Words(), "a whole number, 0 or more", wholeNumber))
	case schema.Shares:
		return asAny(numbersValue(d, attr, declared.Words(), aShare, share))
	case schema.Texts:
		return asAny(textsValue(d, attr, declared.Words()))
	case schema.Duration:
		return asAny(d.durationValue(attr))
	case schema.Date:
		return asAny(d.dateValue(attr))
	case schema.Keyword:
		return asAny(d.keywordValue(attr, declared.Words()))
	case schema.Reference:
		if referenceTypes[declared.To] == cty.NilType {
			return asAny(d.decodeElsewhere(attr, declared))
		}
		return asAny(d.decodeReference(attr, referenceTypes[declared.To]))
	case schema.References:
		return d.decodeReferences(attr, referenceTypes[declared.To]), true
	case schema.Targets:
		return asAny(d.decodeTargets(attr, declared))
	case schema.Constant, schema.Constraint, schema.Secret:
		return attr, true // decodeVariable and decodeShip read them
	}
	panic(fmt.Sprintf("scenario: attribute %s has the unknown type %q", declared.Name, declared.Type))
}

// value returns the value of an attribute: string, []string, int, float64,
// map[string]int, map[string]float64, map[string]string, time.Duration, time.Time, string for a keyword, Identifier, []Identifier,
// []reference or *hcl.Attribute, by its type. ok is false if it is absent, null or wrong.
func value[T any](c content, name string) (got T, ok bool) {
	if _, declared := c.of.Attribute(name); !declared {
		panic(fmt.Sprintf("scenario: the schema of %s declares no attribute %q", c.of.Name, name))
	}
	found, ok := c.values[name]
	if !ok {
		return got, false
	}
	return found.(T), true
}

// valueOr is [value] with a value for when there is none.
func valueOr[T any](c content, name string, otherwise T) T {
	if got, ok := value[T](c, name); ok {
		return got
	}
	return otherwise
}

// oneLine is text of one line, as it stands in lines of reports.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// place returns where an attribute's value is written; the zero value if it is not.
func (c content) place(name string) hcl.Range {
	if attr := c.Attributes[name]; attr != nil {
		return attr.Expr.Range()
	}
	return hcl.Range{}
}

// requireAttribute reports an attribute that is absent or null although it must not be.
func (d *decoder) requireAttribute(block *hcl.Block, attr *hcl.Attribute, declared schema.Attribute) bool {
	such := "such as " + declared.Such
	if declared.Type == schema.Keyword {
		such = "one of " + strings.Join(declared.Words(), ", ")
	}
	switch {
	case attr == nil:
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", "This %s must have %q, %s.", block.Type, declared.Name, such)
		return false
	case d.isNull(attr):
		d.Errorf(diagnostic.AtValue(attr), "Missing attribute", "%q cannot be null: this %s must have it, %s.", declared.Name, block.Type, such)
		return false
	}
	return true
}

// checkCounts reports blocks of which there are too few or too many.
func (d *decoder) checkCounts(block *hcl.Block, c content) {
	for _, inner := range c.of.Blocks {
		found := c.Blocks.OfType(inner.Name)
		if len(found) < inner.Least {
			d.Errorf(diagnostic.AtBlock(block), "Missing block", "This %s must have a block of type %s, such as %s.", block.Type, inner.Name, inner.Such)
		}
		if inner.Most == 0 {
			continue
		}
		for _, extra := range found[min(inner.Most, len(found)):] {
			d.Errorf(diagnostic.AtBlock(extra), "Duplicate block", "This %s already has a block of type %s, at %s. Put everything in one block.",
				block.Type, inner.Name, diagnostic.FileLine(found[0].DefRange))
		}
	}
}

// durationValue reads a virtual time or a length of time.
func (d *decoder) durationValue(attr *hcl.Attribute) (time.Duration, bool) {
	text, ok := d.stringValue(attr)
	if !ok {
		return 0, false
	}
	got, err := ParseOffset(text)
	if err != nil {
		d.Errorf(diagnostic.AtValue(attr), "Invalid time", "%s.", err)
		return 0, false
	}
	return got, true
}

func (d *decoder) dateValue(attr *hcl.Attribute) (time.Time, bool) {
	text, ok := d.stringValue(attr)
	if !ok {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		d.Errorf(diagnostic.AtValue(attr), "Invalid date", `%q is not a valid date: expected year, month and day, such as "2027-03-31".`, text)
		return time.Time{}, false
	}
	return day, true
}

// shareValue reads a number from 0 to 1.
func (d *decoder) shareValue(attr *hcl.Attribute) (float64, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return 0, false
	}
	if got.Type() != cty.Number {
		d.reportWrongType(attr, got, aShare)
		return 0, false
	}
	share, _ := got.AsBigFloat().Float64()
	if share < 0 || share > 1 {
		d.Errorf(diagnostic.AtValue(attr), "Invalid number", "%q is %s; expected a share: a number from 0 to 1, such as 0.05 for one in twenty.", attr.Name, got.AsBigFloat().Text('g', 6))
		return 0, false
	}
	return share, true
}
