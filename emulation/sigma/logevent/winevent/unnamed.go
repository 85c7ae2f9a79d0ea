package winevent

import (
	"strconv"
	"strings"
)

// nameUnnamed gives the values without a name those that rules know them by: Data for
// all of them, and param1, param2 and so on for each, which is how shippers call them.
func (p *Parts) nameUnnamed() {
	if len(p.unnamed) == 0 && !p.Has("Data") {
		p.unnamed = p.params()
		if len(p.unnamed) == 0 {
			return
		}
	}
	if len(p.unnamed) == 0 {
		return
	}
	for i, v := range p.unnamed {
		name := "param" + strconv.Itoa(i+1)
		if _, taken := p.fields[name]; !taken {
			p.fields[name] = v
		}
	}
	if len(p.unnamed) == 1 {
		p.fields["Data"] = p.unnamed[0]
		return
	}
	p.fields["Data"] = p.unnamed
}

// params are the values that a shipper numbered.
func (p *Parts) params() []any {
	var all []any
	for i := 1; ; i++ {
		v, ok := p.fields["param"+strconv.Itoa(i)]
		if !ok {
			return all
		}
		all = append(all, v)
	}
}

// isNumbered says that a name is Data_1, Data_2 and so on, as evtx_dump calls the Data
// elements after the first.
func isNumbered(name string) bool {
	digits, ok := strings.CutPrefix(name, "Data_")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// isParam says that a name is param1, param2 and so on.
func isParam(name string) bool {
	digits, ok := strings.CutPrefix(name, "param")
	if !ok {
		return false
	}
	_, err := strconv.Atoi(digits)
	return err == nil
}
