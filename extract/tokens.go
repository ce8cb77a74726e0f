package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A tokenKind tells the three sorts of token apart.
type tokenKind uint8

const (
	wordToken   tokenKind = iota // letters, with digits and inner apostrophes: "soldiers", "A380", "п'ять"
	numberToken                  // digits with their inner separators: "1,200.50", "12.03.2026", ".5", "½"
	signToken                    // one sign: "$", "-", "(", "°"
)

// A token is one word, numeral or sign of a text.
type token struct {
	text       string     // as written
	word       *knownWord // never nil
	norm       string     // lower case, apostrophes as ', digits as ASCII
	start, end int32      // in code points of the text, half open
	byteStart  int32
	byteEnd    int32
	kind       tokenKind
	gap        gap  // what stands before it
	upper      bool // starts with a capital letter
}

// A gap is the white space before a token.
type gap uint8

const (
	noGap    gap = iota
	blankGap     // ordinary blanks, or one line break
	hardGap      // only no-break or thin spaces: what typesetting puts inside a number
	paraGap      // a blank line
)

// tokenize cuts a text into tokens, in one pass and in text order. The lexicon decides which letters
// before a digit are a currency ("USD1,23") and how apostrophes part words.
func tokenize(text string, lx *lexicon) []token {
	s := scanner{text: text, lx: lx, tokens: make([]token, 0, countTokens(text)+8)}
	for s.pos < len(text) {
		s.next()
	}
	return s.tokens
}

// countTokens is about how many tokens a text has, rather too many: so much is made room for at once.
func countTokens(text string) int {
	n, before := 0, byte(' ')
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			c = ' '
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf:
			if c = 'a'; before != 'a' {
				n++
			}
		default:
			n++
			c = '.'
		}
		before = c
	}
	return n
}

// A scanner is the state of tokenize: pos in bytes and at in code points move together.
type scanner struct {
	text   string
	lx     *lexicon
	tokens []token
	pos    int
	at     int
	gap    gap
}

func (s *scanner) rune(pos int) (rune, int) {
	if pos >= len(s.text) {
		return 0, 0
	}
	if c := s.text[pos]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[pos:])
}

func (s *scanner) next() {
	r, size := s.rune(s.pos)
	switch {
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		if s.gap == blankGap && s.sawBreak() || r == '\u2029' {
			s.gap = paraGap
		} else if s.gap != paraGap {
			s.gap = blankGap
		}
		s.skip(size)
	case isHardSpace(r):
		if s.gap == noGap {
			s.gap = hardGap
		}
		s.skip(size)
	case unicode.IsSpace(r):
		if s.gap != paraGap {
			s.gap = blankGap
		}
		s.skip(size)
	case isInvisible(r):
		s.skip(size)
	case isDigit(r) || r >= utf8.RuneSelf && vulgar[r] != "":
		s.number()
	case (r == '.' || r == ',') && s.leadsDecimal(size):
		s.number()
	case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
		s.word()
	case isApostrophe(r) && s.lx.apostrophe == "genitive" && s.gap == blankGap && s.genitiveEnd(s.pos+size) > 0:
		s.emit(wordToken, s.genitiveEnd(s.pos+size)-s.pos, 2) // "Anna 's", in tokenized text
	default:
		s.emit(signToken, size, 1)
	}
}

// sawBreak reports whether the white space just before pos holds a line break.
func (s *scanner) sawBreak() bool {
	for i := s.pos - 1; i >= 0; i-- {
		switch s.text[i] {
		case '\n':
			return true
		case ' ', '\t', '\r':
		default:
			return false
		}
	}
	return false
}

func (s *scanner) skip(size int) { s.pos += size; s.at++ }

// emit appends the token of the next size bytes, which are n code points.
func (s *scanner) emit(kind tokenKind, size, n int) {
	text := s.text[s.pos : s.pos+size]
	first, _ := utf8.DecodeRuneInString(text)
	t := token{text: text, start: int32(s.at), end: int32(s.at + n), byteStart: int32(s.pos), byteEnd: int32(s.pos + size), kind: kind, gap: s.gap,
		upper: unicode.IsUpper(first)}
	switch kind {
	case wordToken:
		t.norm = normWord(text)
	case numberToken:
		t.norm = normDigits(text)
	default:
		t.norm = normSign(text)
	}
	t.word = &unknown
	if kind == wordToken {
		t.word = s.lx.knows(t.norm)
	}
	s.tokens = append(s.tokens, t)
	s.pos, s.at, s.gap = s.pos+size, s.at+n, noGap
}

// leadsDecimal reports whether the sign at pos starts a numeral such as ".5".
func (s *scanner) leadsDecimal(size int) bool {
	if s.gap == noGap && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].kind != signToken {
		return false
	}
	r, _ := s.rune(s.pos + size)
	return isDigit(r)
}

// number takes digits and the separators between them. What a separator means is for parseDigits.
func (s *scanner) number() {
	pos, n := s.pos, 0
	r, size := s.rune(pos)
	if r >= utf8.RuneSelf && vulgar[r] != "" {
		s.emit(numberToken, size, 1)
		return
	}
	for pos < len(s.text) {
		r, size = s.rune(pos)
		if !isDigit(r) {
			if !isSeparator(r) {
				break
			}
			if after, _ := s.rune(pos + size); !isDigit(after) {
				break
			}
		}
		pos, n = pos+size, n+1
	}
	s.emit(numberToken, pos-s.pos, n)
}

// word takes letters, digits after letters ("A380") and inner apostrophes.
func (s *scanner) word() {
	pos, n := s.pos, 0
	for pos < len(s.text) {
		r, size := s.rune(pos)
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || isInvisible(r):
		case isDigit(r):
			if s.moneyLetters(s.text[s.pos:pos]) {
				s.emit(wordToken, pos-s.pos, n)
				return
			}
		case isApostrophe(r):
			after, _ := s.rune(pos + size)
			if !unicode.IsLetter(after) {
				s.emit(wordToken, pos-s.pos, n)
				return
			}
			switch s.lx.apostrophe {
			case "elision": // l'armée: the word ends behind the apostrophe
				if n <= 2 || s.lx.elided[strings.ToLower(s.text[s.pos:pos])] {
					s.emit(wordToken, pos+size-s.pos, n+1)
					return
				}
			case "genitive": // Kyiv's: the word ends before the apostrophe
				if end := s.genitiveEnd(pos + size); end > 0 {
					s.emit(wordToken, pos-s.pos, n)
					s.emit(wordToken, end-s.pos, 2)
					return
				}
			}
		default:
			s.emit(wordToken, pos-s.pos, n)
			return
		}
		pos, n = pos+size, n+1
	}
	s.emit(wordToken, pos-s.pos, n)
}

// moneyLetters reports letters that stand for a currency before digits: "USD1", "$US113", "Rs20".
func (s *scanner) moneyLetters(letters string) bool {
	if len(letters) > 4 || s.gap == noGap && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].text == "-" {
		return false
	}
	if s.gap == noGap && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].text == "$" && strings.ToUpper(letters) == letters {
		return true
	}
	w := normWord(letters)
	return s.lx.money[w] && w != "p" && w != "t" && w != "dm" && len(letters) > 1
}

// genitiveEnd returns the byte behind an "s" at pos that ends its word, else 0.
func (s *scanner) genitiveEnd(pos int) int {
	r, size := s.rune(pos)
	if r != 's' && r != 'S' {
		return 0
	}
	if after, _ := s.rune(pos + size); unicode.IsLetter(after) || isDigit(after) {
		return 0
	}
	return pos + size
}

func isHardSpace(r rune) bool {
	return r == '\u00a0' || r == '\u202f' || r >= '\u2000' && r <= '\u200a'
}

// isInvisible reports soft hyphens and zero-width marks, which belong to no word.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\ufeff' || r == '\ufe0f'
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

// isSeparator reports the signs that stand inside numerals. The Arabic ones are U+066B and U+066C.
func isSeparator(r rune) bool {
	switch r {
	case '.', ',', '\'', '’', '·', '٫', '٬':
		return true
	}
	return false
}

func isDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9'
	}
	return unicode.IsDigit(r)
}

// digitValue is the value of a decimal digit of any script. Unicode keeps the ten digits of a script in a
// row, and its tables list those rows as ranges that start with a zero.
func digitValue(r rune) byte {
	if r >= '0' && r <= '9' {
		return byte(r - '0')
	}
	for _, x := range unicode.Digit.R16 {
		if lo, hi := rune(x.Lo), rune(x.Hi); r >= lo && r <= hi {
			return byte((r - lo) % 10)
		}
	}
	for _, x := range unicode.Digit.R32 {
		if lo, hi := rune(x.Lo), rune(x.Hi); r >= lo && r <= hi {
			return byte((r - lo) % 10)
		}
	}
	return 0
}

// vulgar holds the fraction signs of Unicode with their numerators and denominators.
var vulgar = map[rune]string{
	'½': "1/2", '⅓': "1/3", '⅔': "2/3", '¼': "1/4", '¾': "3/4", '⅕': "1/5", '⅖': "2/5", '⅗': "3/5", '⅘': "4/5",
	'⅙': "1/6", '⅚': "5/6", '⅐': "1/7", '⅛': "1/8", '⅜': "3/8", '⅝': "5/8", '⅞': "7/8", '⅑': "1/9", '⅒': "1/10",
}

// normWord is the form under which data files list a word: lower case, straight apostrophes, ё as е.
func normWord(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' || c == '`' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case isApostrophe(r):
			return '\''
		case isInvisible(r):
			return -1
		case r == 'ё' || r == 'Ё':
			return 'е'
		}
		return unicode.ToLower(r)
	}, s)
}

func normDigits(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				switch {
				case vulgar[r] != "":
					return r
				case isDigit(r):
					return rune('0' + digitValue(r))
				case r == '’':
					return '\''
				case r == '٫' || r == '·':
					return '.'
				case r == '٬':
					return ','
				}
				return r
			}, s)
		}
	}
	return s
}

func normSign(s string) string {
	switch s {
	case "–", "—", "−", "‐", "‑", "‒", "―", "_":
		return "-"
	case "“", "”", "„", "«", "»", "‟":
		return "\""
	case "‘", "’", "‚", "ʼ", "`":
		return "'"
	case "％":
		return "%"
	case "＄":
		return "$"
	}
	return s
}
