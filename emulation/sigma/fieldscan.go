package sigma

import "strings"

// scan looks for the needles of every field that has any.
func (x *scratch) scan() {
	if x.keyword < 0 && x.scanning <= 2*len(x.event.Fields)+8 {
		for at := range x.slots[:x.scanning] {
			x.scanSlot(int32(at))
		}
		return
	}
	x.scanEvent()
	for _, at := range x.dotted {
		x.scanSlot(at)
	}
}

// scanEvent goes through the fields of the event instead of those of the rules:
// where keywords ask for every value, or where the rules have many more fields.
// The scanners of the fields find keywords too.
func (x *scratch) scanEvent() {
	for name, v := range x.event.Fields {
		at := x.names.find(name)
		text, plain := v.(string)
		switch {
		case at < 0 && plain:
			x.scanText(text)
		case at < 0:
			x.scanAll(v)
		case plain:
			x.scanField(at, x.only(at, text))
		default:
			x.scanField(at, x.values(at, v))
			x.scanAll(v)
		}
	}
	if x.event.Raw != "" {
		x.scanText(x.event.Raw)
	}
}

// scanAll looks for keywords in everything inside a value.
func (x *scratch) scanAll(v any) {
	if x.keyword < 0 || passes(x.slots[x.keyword].scanner.mark, v) {
		return
	}
	from := len(x.texts)
	x.all(v, 0)
	for i := from; i < len(x.texts); i++ {
		x.slots[x.keyword].scanner.scan(int32(i), x)
	}
}

// scanText looks for keywords in a text.
func (x *scratch) scanText(text string) {
	if x.keyword < 0 {
		return
	}
	s := x.slots[x.keyword].scanner
	if len(text) < s.least || s.mark != 0 && strings.IndexByte(text, s.mark) < 0 {
		return
	}
	x.texts = append(x.texts, text)
	s.scan(int32(len(x.texts)-1), x)
}

func (x *scratch) scanSlot(at int32) {
	if f := &x.fields[at]; f.epoch == x.epoch {
		return
	}
	if text, plain := x.event.Fields[x.slots[at].field].(string); plain && at != x.keyword {
		x.scanField(at, x.only(at, text))
	} else {
		x.scanField(at, x.field(at))
	}
}

func (x *scratch) scanField(at int32, f *field) {
	for i := f.from; i < f.to; i++ {
		x.slots[at].scanner.scan(i, x)
	}
}
