package board

import (
	"slices"
	"strings"
	"sync"

	"tallywire/claims"
)

// A wordIndex answers what claims.Said answers, fast: a word without spaces stands in a text where it stands in one of the
// text's words. It holds each different word once, and with it the slots of the claims that have it.
type wordIndex struct {
	mu     sync.RWMutex
	code   map[string]uint32
	word   []string
	slots  [][]uint32 // by code, ascending
	codes  [][]uint32 // by slot, ascending
	lookup map[string]bool
}

func newWordIndex() *wordIndex {
	return &wordIndex{code: map[string]uint32{}, lookup: map[string]bool{}}
}

// put sets the words of a slot.
func (x *wordIndex) put(slot uint32, c *claims.Claim) {
	x.mu.Lock()
	defer x.mu.Unlock()
	clear(x.lookup)
	var now []uint32
	for text := range claims.Texts(c) {
		if x.lookup[text] {
			continue
		}
		x.lookup[text] = true
		for w := range strings.FieldsSeq(strings.ToLower(text)) {
			code, ok := x.code[w]
			if !ok {
				code = uint32(len(x.word)) // #nosec: words fit memory
				w = strings.Clone(w)
				x.code[w] = code
				x.word = append(x.word, w)
				x.slots = append(x.slots, nil)
			}
			now = append(now, code)
		}
	}
	slices.Sort(now)
	x.set(slot, slices.Clip(slices.Compact(now)))
}

func (x *wordIndex) remove(slot uint32) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.set(slot, nil)
}

// set is called under mu.
func (x *wordIndex) set(slot uint32, now []uint32) {
	for len(x.codes) <= int(slot) {
		x.codes = append(x.codes, nil)
	}
	was := x.codes[slot]
	for _, code := range was {
		if _, stays := slices.BinarySearch(now, code); !stays {
			if at, ok := slices.BinarySearch(x.slots[code], slot); ok {
				x.slots[code] = slices.Delete(x.slots[code], at, at+1)
			}
		}
	}
	for _, code := range now {
		list := x.slots[code]
		if len(list) == 0 || list[len(list)-1] < slot {
			x.slots[code] = append(list, slot)
		} else if at, ok := slices.BinarySearch(list, slot); !ok {
			x.slots[code] = slices.Insert(list, at, slot)
		}
	}
	x.codes[slot] = now
}

// compact gives back the room that lists grew into.
func (x *wordIndex) compact() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i, list := range x.slots {
		if cap(list) > len(list)+len(list)/8+4 {
			x.slots[i] = slices.Clone(list)
		}
	}
}

// find returns the slots whose claims hold every word of a query, ascending.
func (x *wordIndex) find(query string) []uint32 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []uint32
	for i, w := range strings.Fields(strings.ToLower(query)) {
		var with []uint32
		for code, known := range x.word {
			if strings.Contains(known, w) {
				with = append(with, x.slots[code]...)
			}
		}
		slices.Sort(with)
		with = slices.Compact(with)
		if i == 0 {
			out = with
			continue
		}
		out = slices.DeleteFunc(out, func(s uint32) bool { _, ok := slices.BinarySearch(with, s); return !ok })
	}
	return out
}
