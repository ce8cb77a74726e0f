package article

import (
	"regexp"
	"strings"
	"unicode"
)

var clockOnly = regexp.MustCompile(`^\W{0,3}([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s?([aApP])\.?[mM]\.?)?\W{0,3}$`)

// isStampLine tells a line that holds a date or time of day and nothing else.
func isStampLine(line string) bool {
	if clockOnly.MatchString(line) {
		return true
	}
	f, rest, found := forms(), 0, false
	for range 4 { // published and updated may stand in one line
		_, from, to, ok := findStamp(line, false)
		if !ok {
			break
		}
		line, found = line[:from]+" "+line[to:], true
	}
	if !found {
		return false
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '’' && r != '\'' }) {
		if _, zone := f.zones[w]; !zone && !f.words[w] && !unicode.IsDigit(rune(w[0])) {
			rest++
		}
	}
	return rest <= 1
}
