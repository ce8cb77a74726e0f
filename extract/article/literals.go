package article

import (
	"regexp/syntax"
	"strings"
	"unicode"
)

// literals gives strings in lower case of which every text that an expression matches holds one, or nil where there are none
// such. Looking for a few fixed strings costs a hundredth of running the expression, and most texts hold none of them.
func literals(expression string) []string {
	re, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil
	}
	return required(re.Simplify())
}

// required is literals for a parsed expression.
func required(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if unicode.SimpleFold(r) != r && unicode.ToLower(unicode.ToUpper(r)) != unicode.ToLower(r) {
				return nil // İ and its like, whose small letter is another one
			}
		}
		return []string{strings.ToLower(string(re.Rune))}
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if found := required(sub); found != nil && (best == nil || shortestOf(found) > shortestOf(best)) {
				best = found
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			found := required(sub)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	return nil
}

func shortestOf(list []string) int {
	n := len(list[0])
	for _, s := range list {
		n = min(n, len(s))
	}
	return n
}

// mayMatch reports whether a text in lower case holds what a match of the expression needs.
func (e *expression) mayMatch(lower string) bool {
	if e.need == nil {
		return true
	}
	for _, s := range e.need {
		if strings.Contains(lower, s) {
			return true
		}
	}
	return false
}
