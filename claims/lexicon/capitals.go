package lexicon

import "sync"

var capitals = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	err := rows("data/capitals.tsv", 2, func(f []string) error {
		out[f[0]] = f[1]
		return nil
	})
	if err != nil {
		panic(err) // an embedded file is malformed, which a test rules out
	}
	return out
})

// CapitalOf is the country whose government a word (lower case, of any language) stands for, "" for none: Russia, of "moscow".
func CapitalOf(word string) string { return capitals()[word] }
