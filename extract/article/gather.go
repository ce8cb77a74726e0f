package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tallywire/claims"
)

// text adds a piece of text to the block, its whitespace collapsed.
func (c *cutter) text(s string, at place) {
	words := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case unicode.IsSpace(r):
			c.gap = true
			continue
		case r < ' ' || r == 0x7f || r == 0xad || r == 0x200b || r == 0x2060 || r == 0xfeff || r == utf8.RuneError && c.last == r:
			continue
		}
		c.breaks = 0
		if c.last == 0 {
			c.gap = false
		}
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case c.last == 0:
		case c.gap && c.drop && unicode.IsLower(r) && !strings.ContainsRune(loneLetters, c.last):
		case c.gap, c.shut && c.opened && glued(c.last, r) && (c.letters > 1 || !unicode.IsLetter(c.last)),
			c.border && unicode.IsUpper(r) && strings.ContainsRune(".!?", c.last):
			c.line = append(c.line, ' ')
			c.letters = 0
		}
		if letter {
			if c.letters == 0 {
				words++
			}
			c.letters++
		} else {
			c.letters = 0
		}
		c.line = utf8.AppendRune(c.line, r)
		c.last, c.gap, c.shut, c.opened, c.border, c.drop = r, false, false, false, false, false
		if letter { // the rest of most words, at once
			end := i
			for end < len(s) && s[end] >= 'a' && s[end] <= 'z' {
				end++
			}
			if end > i {
				c.line = append(c.line, s[i:end]...)
				c.last = rune(s[end-1])
				c.letters += end - i
				i = end
			}
		}
	}
	if at.linked {
		c.links += words
	}
}

// loneLetters are words of one letter in the six languages, which a drop cap may be.
const loneLetters = "AIOaОАВИКСУЯІЄЗЙYÀEÉ"

// glued tells whether two runes at the border of two inline elements belong to two words: "officeNovember".
func glued(before, after rune) bool {
	return (unicode.IsLower(before) || unicode.IsDigit(before) || strings.ContainsRune(".,:;!?)»”", before)) && (unicode.IsUpper(after) || unicode.IsDigit(after) && !unicode.IsDigit(before))
}

// flush ends the block.
func (c *cutter) flush(at place) {
	text := string(c.line)
	joined := c.joined
	if text == "" {
		c.gap, c.shut, c.opened, c.border = false, false, false, false
		return
	}
	words, line := hashLine(text)
	if words > 0 || len(text) > 3 {
		b := block{kind: at.kind, text: text, words: words, line: line, linked: min(c.links, words), elem: max(at.elem, 0), joined: joined, part: at.part, table: 0}
		if at.kind == claims.BlockRow {
			b.table = at.table
		}
		if b.kind == claims.BlockHeading && words > 25 {
			b.kind = claims.BlockParagraph // text set large
		}
		if at.part&partCaption != 0 && b.kind == claims.BlockParagraph {
			b.kind = claims.BlockCaption
		}
		c.page.blocks = append(c.page.blocks, b)
	}
	c.line = c.line[:0]
	c.last, c.gap, c.shut, c.opened, c.border, c.drop, c.links, c.letters, c.joined = 0, false, false, false, false, false, 0, 0, false
}
