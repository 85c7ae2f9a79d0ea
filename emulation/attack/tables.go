package attack

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

var (
	//go:embed tables/techniques_18.json
	techniqueRows18 []byte
	//go:embed tables/techniques_19.json
	techniqueRows19 []byte
	//go:embed tables/groups.json
	groupRows []byte
	//go:embed tables/NOTICE.txt
	notice string
)

// Notice is MITRE's copyright and terms, to be shown wherever the tables go.
func Notice() string { return notice }

// table is rows sorted by id, and the way to each.
type table[T any] struct {
	rows []T
	byID map[string]int
}

// tableOf decodes rows on first use: the same program is every stand-in inside
// an asset, and none of those should pay for it.
func tableOf[T any](name string, raw *[]byte, id func(T) string) func() table[T] {
	return sync.OnceValue(func() table[T] {
		decoded := table[T]{byID: map[string]int{}}
		if err := json.Unmarshal(*raw, &decoded.rows); err != nil {
			panic(fmt.Sprintf("attack: decode %s: %v", name, err))
		}
		slices.SortFunc(decoded.rows, func(a, b T) int { return strings.Compare(id(a), id(b)) })
		for i, row := range decoded.rows {
			decoded.byID[id(row)] = i
		}
		return decoded
	})
}

func (t table[T]) find(id string) (row T, ok bool) {
	i, ok := t.byID[id]
	if !ok {
		return row, false
	}
	return t.rows[i], true
}
