package exerciseserver

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// english has every word of the pages, by key. A translation is another such file.
//
//go:embed texts.json
var english []byte

var texts = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	if err := json.Unmarshal(english, &out); err != nil {
		panic(fmt.Sprintf("texts.json: %v", err)) // it is embedded
	}
	return out
})

// text is what the pages say under a key, with values in the place of %s or %[1]s.
func text(key string, values ...any) string {
	said, ok := texts()[key]
	if !ok {
		return key
	}
	if len(values) == 0 {
		return said
	}
	return fmt.Sprintf(said, values...)
}

// counted is the text of a number: that of key.one for one, else that of key.many.
func counted(key string, n any, more ...any) string {
	number := fmt.Sprint(n)
	form := ".many"
	if number == "1" {
		form = ".one"
	}
	return text(key+form, append([]any{grouped(number)}, more...)...)
}

// grouped is a whole number with its digits in groups of three.
func grouped(number string) string {
	if _, err := strconv.Atoi(number); err != nil {
		return number
	}
	sign := ""
	if strings.HasPrefix(number, "-") {
		sign, number = "-", number[1:]
	}
	for at := len(number) - 3; at > 0; at -= 3 {
		number = number[:at] + "," + number[at:]
	}
	return sign + number
}
