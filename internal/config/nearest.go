package config

import "fmt"

// meant gives words that people write for another one.
var meant = map[string]string{
	"rss": "feed", "atom": "feed", "html": "page", "web": "page", "twitter": "x", "tweets": "x", "toots": "mastodon", "bsky": "bluesky",
	"agency": "wire", "newspaper": "outlet", "media": "outlet", "government": "official", "ministry": "official",
	"lang": "language", "cron": "schedule", "interval": "schedule", "link": "url", "handle": "account", "user": "account",
	"query": "search", "keywords": "terms", "title": "name", "timeout": "delay", "max_size": "max_body", "address": "listen",
}

// suggest returns `; did you mean "x"?` for the nearest candidate, "" where none is near.
func suggest(word string, candidates []string) string {
	if best := nearest(word, candidates); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}

// nearest is the candidate that word was probably meant to be: up to a third of its letters may be
// wrong. "" where none is near.
func nearest(word string, candidates []string) string {
	best, least := "", max(1, len([]rune(word))/3)+1
	for _, c := range candidates {
		if meant[word] == c {
			return c
		}
		if d := distance(word, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance counts the letters to change, add, drop or swap with their neighbour to turn a into b
// (optimal string alignment).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(s)][len(t)]
}
