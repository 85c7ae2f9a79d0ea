package sigma

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
		at, ok := x.slotOf[name]
		ok = ok && int(at) < x.scanning && at != x.keyword
		text, plain := v.(string)
		switch {
		case ok:
			from := x.open()
			x.present = true
			x.add(v, 0)
			x.scanField(at, x.close(at, from))
			if !plain {
				x.scanAll(v)
			}
		case plain && x.keyword >= 0:
			x.scanText(text)
		default:
			x.scanAll(v)
		}
	}
	if x.keyword >= 0 && x.event.Raw != "" {
		x.scanText(x.event.Raw)
	}
}

// scanAll looks for keywords in everything inside a value.
func (x *scratch) scanAll(v any) {
	if x.keyword < 0 {
		return
	}
	from := len(x.texts)
	x.all(v, 0)
	for i := from; i < len(x.texts); i++ {
		x.lows = append(x.lows, "")
		x.slots[x.keyword].scanner.scan(int32(i), x)
	}
}

func (x *scratch) scanText(text string) {
	s := x.slots[x.keyword].scanner
	if len(text) < s.least {
		return
	}
	x.texts, x.lows = append(x.texts, text), append(x.lows, "")
	s.scan(int32(len(x.texts)-1), x)
}

func (x *scratch) scanSlot(at int32) {
	if x.fields[at].epoch != x.epoch {
		x.scanField(at, x.field(at))
	}
}

func (x *scratch) scanField(at int32, f *field) {
	for i := f.from; i < f.to; i++ {
		x.slots[at].scanner.scan(i, x)
	}
}
