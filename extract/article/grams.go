package article

import (
	"unicode"
)

// The shingle is four words, as in the public article-extraction benchmark.
const shingle = 4

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// wordHashes gives the FNV-1a hashes of the words of a text, folded to lower case, in order.
func wordHashes(dst []uint64, s string) []uint64 {
	h, in := uint64(fnvOffset), false
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
			in = true
			continue
		}
		if in {
			dst = append(dst, h)
			h, in = fnvOffset, false
		}
	}
	if in {
		dst = append(dst, h)
	}
	return dst
}

// shingles gives the hashes of the runs of four words; none where there are fewer.
func shingles(words []uint64) []uint64 {
	if len(words) < shingle {
		return nil
	}
	out := make([]uint64, 0, len(words)-shingle+1)
	for i := 0; i+shingle <= len(words); i++ {
		out = append(out, joinHashes(words[i:i+shingle]))
	}
	return out
}

func joinHashes(words []uint64) uint64 {
	h := uint64(fnvOffset)
	for _, w := range words {
		h = (h ^ w) * fnvPrime
		h ^= h >> 29
	}
	return h
}

// hashLine counts the words of a text, and gives joinHashes of their wordHashes, in one pass.
func hashLine(s string) (words int, line uint64) {
	h, in := uint64(fnvOffset), false
	line = fnvOffset
	end := func() {
		words++
		line = (line ^ h) * fnvPrime
		line ^= line >> 29
		h, in = fnvOffset, false
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
			in = true
		} else if in {
			end()
		}
	}
	if in {
		end()
	}
	return words, line
}

// shingle fills in the shingles of every block. Pages that are read by template do without.
func (p *page) shingle() {
	if p.shingled {
		return
	}
	p.shingled = true
	var words []uint64
	for i := range p.blocks {
		b := &p.blocks[i]
		words = wordHashes(words[:0], b.text)
		b.grams = shingles(words)
	}
}
