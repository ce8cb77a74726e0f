package article

import (
	"strings"
	"unicode"
)

// hashName goes on with a hash by a word.
func hashName(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return (h ^ ' ') * fnvPrime
}

// steadyNames is a hash of those names in a class list or id that do not change from page to page, 0 where all do.
func steadyNames(value string) uint64 {
	h := uint64(0)
	for name := range strings.FieldsSeq(clip(value, 300)) {
		if steady(name) {
			h = hashName(h^fnvOffset, name)
		}
	}
	return h
}

// wandering are the beginnings of classes that name what a page is about, not what its parts are.
var wandering = []string{"category-", "tag-", "author-", "post-", "postid", "format-", "status-", "section-", "topic-", "term-", "page-id"}

// steady tells class names of a template from those of one page or one build: names with a digit, and those
// that change case inside a word in the way of generated ones, do not count.
func steady(name string) bool {
	for _, w := range wandering {
		if strings.HasPrefix(name, w) {
			return false
		}
	}
	return !strings.ContainsFunc(name, unicode.IsDigit)
}
