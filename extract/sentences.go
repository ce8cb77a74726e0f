package extract

import (
	"strings"
	"unicode/utf8"
)

// A sentence is a run of tokens within one paragraph.
type sentence struct {
	first, last int // tokens, half open
	para        int
	quoted      bool // starts inside a quotation that an earlier sentence opened
}

// maxSentence is the most tokens that are read as one sentence, so that hostile text without any full stop
// costs linear time.
const maxSentence = 400

// sentences cuts tokens into sentences: at blank lines, line breaks before a capital in unpunctuated lines, and
// full stops that end no abbreviation, initial or numeral.
func sentences(text string, tokens []token, lx *lexicon) []sentence {
	ends := strings.Count(text, "\n") + strings.Count(text, ". ")
	out := make([]sentence, 0, min(ends, len(tokens))+2)
	para, start, open := 0, 0, false
	quoted := false
	flush := func(end int) {
		if end > start {
			out = append(out, sentence{first: start, last: end, para: para, quoted: quoted})
			quoted = open
		}
		start = end
	}
	for i := range tokens {
		t := &tokens[i]
		if t.gap == paraGap && i > 0 {
			flush(i)
			para++
			open, quoted = false, false
		} else if i > start && i-start >= maxSentence {
			flush(i)
		} else if i > start && t.gap == blankGap && strings.Contains(text[tokens[i-1].byteEnd:t.byteStart], "\n") && lineEnds(tokens, start, i) {
			flush(i)
		}
		switch t.text {
		case "\"":
			open = !open
		case "“", "«", "„":
			open = true
		case "”", "»":
			open = false
		}
		if !endsSentence(tokens, i, lx) {
			continue
		}
		j := i + 1
		for j < len(tokens) && tokens[j].gap == noGap && closes(tokens[j].text) {
			if c := tokens[j].text; c == "\"" || c == "”" || c == "»" {
				open = false
			}
			j++
		}
		if j < len(tokens) && !opensSentence(&tokens[j]) && tokens[i].text == "." {
			continue
		}
		if j < len(tokens) && tokens[j].gap == noGap && tokens[i].text == "." && tokens[j].kind != signToken {
			continue
		}
		flush(j)
	}
	flush(len(tokens))
	return out
}

// lineEnds reports whether the line break before tokens[i] parts sentences: a heading or list line.
func lineEnds(tokens []token, start, i int) bool {
	t := &tokens[i]
	return t.upper || t.kind != wordToken || tokens[i-1].text == ":"
}

func closes(s string) bool {
	switch s {
	case "\"", "”", "’", "»", ")", "]", "'", "…", ".", "!", "?":
		return true
	}
	return false
}

func endsSentence(tokens []token, i int, lx *lexicon) bool {
	switch tokens[i].text {
	case "!", "?", "…":
		return tokens[i].text != "…" || i+1 < len(tokens) && tokens[i+1].upper
	case ".":
	default:
		return false
	}
	if i == 0 {
		return false
	}
	prev := &tokens[i-1]
	if i+1 < len(tokens) && tokens[i+1].text == "." || prev.text == "." && tokens[i].gap == noGap {
		return i+1 >= len(tokens) || tokens[i+1].text != "."
	}
	if tokens[i].gap == noGap && prev.kind == wordToken {
		if utf8.RuneCountInString(prev.text) == 1 && (prev.upper || lx.gr.abbreviations[prev.norm]) && i+1 < len(tokens) {
			return false
		}
		if lx.gr.abbreviations[prev.norm] && i+1 < len(tokens) {
			// "12 млн." may end a sentence, "Gov." never does
			if lx.verbSecond && i > 1 && tokens[i-2].kind == numberToken && !lx.gr.stop[tokens[i+1].norm] {
				return false // "2,3 Mio. Haushalte"
			}
			return !prev.upper && tokens[i+1].upper && tokens[i+1].kind == wordToken && tokens[i+1].gap != noGap && !lx.gr.never[prev.norm]
		}
	}
	if prev.kind == numberToken && lx.ordinalPoint() && i+2 < len(tokens) && isDay(prev) && isDay(&tokens[i+1]) && tokens[i+2].text == "." && tokens[i+2].gap == noGap {
		return false // "am 27. 11."
	}
	if prev.kind == numberToken && lx.ordinalPoint() && i+1 < len(tokens) && len(prev.norm) <= 2 && tokens[i+1].kind == wordToken {
		return false // "am 12. Mai", "der 3. Platz"
	}
	return true
}

// opensSentence reports whether a sentence may start with t.
func opensSentence(t *token) bool {
	if t.text == "," || t.text == ";" || t.text == ":" || t.text == ")" || t.text == "%" {
		return false // "by 6 p.m., the commission said"
	}
	return t.upper || t.kind == numberToken || t.kind == signToken || t.gap == paraGap || !isLatinOrCyrillic(firstRune(t.text))
}

func isLatinOrCyrillic(r rune) bool { return r < 0x530 }

// ordinalPoint reports whether the language writes ordinals with a full stop.
func (lx *lexicon) ordinalPoint() bool { return lx.ordEnding["."] }
