package callrecord

import (
	"strconv"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// File returns the content of one file of call records that nobody made: the numbers are
// those that Ofcom keeps for drama (07700 900000 to 900999), the subscribers of
// the test network 001-01.
func File(day, part string) string {
	text := append(make([]byte, 0, 4608), "# "+artifact.Marker+"\n# synthetic call records "+day+" "+part+"\n"...)
	text = append(text, "id,a_msisdn,b_msisdn,imsi,cell_id,start,seconds\n"...)
	for i := range 48 {
		caller, called := 100+(i*37)%900, 100+(i*91+17)%900
		text = append(text, day+part...)
		text = strconv.AppendInt(append(text, '-'), int64(1000+i), 10)
		text = strconv.AppendInt(append(text, ",+447700900"...), int64(caller), 10)
		text = strconv.AppendInt(append(text, ",+447700900"...), int64(called), 10)
		text = strconv.AppendInt(append(text, ",001010000000"...), int64(caller), 10)
		text = strconv.AppendInt(append(text, ",001-01-1-"...), int64(100+i%7), 10)
		text = append(text, ","+day+"T1"...)
		text = strconv.AppendInt(text, int64((1+i%9)*10000+i*100), 10)
		text = strconv.AppendInt(append(text, "Z,"...), int64(10+(i*53)%1700), 10)
		text = append(text, '\n')
	}
	return string(text)
}
