package winevent

import (
	"strconv"
	"strings"
)

// levels are the numbers that rules know the levels by.
var levels = map[string]string{
	"critical": "1", "error": "2", "warning": "3", "information": "4", "informational": "4", "info": "4", "verbose": "5",
}

// keywords are those of the Security log.
var keywords = map[string]string{
	"audit success": "0x8020000000000000", "audit_success": "0x8020000000000000",
	"audit failure": "0x8010000000000000", "audit_failure": "0x8010000000000000",
}

// normalise has those parts of the head that shippers put into words be what the event
// log has.
func (p *Parts) normalise() {
	if number, ok := levels[strings.ToLower(text(p.fields["Level"]))]; ok {
		p.fields["Level"] = number
	}
	said := p.fields["Keywords"]
	if list, ok := said.([]any); ok && len(list) == 1 {
		said = list[0]
	}
	if mask, ok := keywords[strings.ToLower(text(said))]; ok {
		p.fields["Keywords"] = mask
	} else if n, err := strconv.ParseInt(text(said), 10, 64); err == nil && n < 0 { // as .NET and NXLog have the mask
		p.fields["Keywords"] = "0x" + strconv.FormatUint(uint64(n), 16)
	}
}
