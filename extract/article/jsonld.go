package article

import (
	"encoding/json"
	"html"
	"strings"
)

// Bounds of JSON-LD: scripts beyond maxLinked are passed over, objects below maxNest too.
const (
	maxLinked = 2 << 20 // bytes; the longest met on a news page was 300 KB, a live blog
	maxNest   = 8
)

// linked is what a page's JSON-LD says of its article.
type linked struct {
	found                                 bool
	rank                                  int
	headline, published, modified         string
	section, language, publisher, address string
	authors                               []string
	body                                  string
	closed                                bool // isAccessibleForFree is false
	live                                  bool
	updates                               []liveUpdate
	people                                map[string]string // names of the Person objects by @id
	refs                                  []string          // @ids of authors without a name
}

// A liveUpdate is one entry of a live blog in JSON-LD.
type liveUpdate struct{ headline, body, published string }

// readLinked takes the best article-like object of the scripts: one with more of a headline, date and author.
func readLinked(scripts []string) linked {
	var best linked
	for _, s := range scripts {
		s = strings.TrimSpace(s)
		s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s, "<!--"), "//<![CDATA["), "//]]>")
		var v any
		if len(s) > maxLinked || nesting(s) > 200 {
			continue
		}
		if json.Unmarshal([]byte(s), &v) == nil || json.Unmarshal([]byte(cleanJSON(s)), &v) == nil {
			best.look(v, 0)
		} else if o := brokenObject(s); o != nil {
			best.take(o)
		}
	}
	if len(best.authors) == 0 {
		for _, ref := range best.refs {
			if name := best.people[ref]; name != "" {
				best.authors = append(best.authors, name)
			}
		}
	}
	return best
}

// mentioned is the only person that the JSON-LD of an article knows, though not as its author.
func (l *linked) mentioned() []string {
	if len(l.people) != 1 || !l.found {
		return nil
	}
	for _, name := range l.people {
		return []string{name}
	}
	return nil
}

// nesting is how deep the brackets of a script go; encoding/json recurses that deep.
func nesting(s string) int {
	depth, most := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '{', '[':
			depth++
			most = max(most, depth)
		case '}', ']':
			depth--
		}
	}
	return most
}

// cleanJSON takes control characters out, which some systems leave in texts.
func cleanJSON(s string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s), "; ")
}

func (l *linked) look(v any, depth int) {
	if depth > maxNest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			l.look(x, depth+1)
		}
	case map[string]any:
		l.take(v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"} {
			if x, ok := v[key]; ok {
				l.look(x, depth+1)
			}
		}
	}
}

func (l *linked) take(v map[string]any) {
	kind := strings.Join(strs(v["@type"]), " ")
	var rank int
	switch {
	case strings.Contains(kind, "LiveBlog"):
		rank = 40
	case strings.Contains(kind, "Article"), strings.Contains(kind, "BlogPosting"), strings.Contains(kind, "Report"), strings.Contains(kind, "PressRelease"):
		rank = 30
	case strings.Contains(kind, "WebPage"), strings.Contains(kind, "VideoObject"), strings.Contains(kind, "Recipe"), strings.Contains(kind, "CreativeWork"), strings.Contains(kind, "Review"),
		strings.HasSuffix(kind, "Page"), strings.HasSuffix(kind, "Posting"), strings.HasSuffix(kind, "Episode"), strings.HasSuffix(kind, "Dataset"):
		rank = 10
	case strings.Contains(kind, "Person"):
		if id, name := str(v["@id"]), plain(str(v["name"])); id != "" && name != "" {
			if l.people == nil {
				l.people = map[string]string{}
			}
			l.people[id] = name
		}
		return
	default:
		return
	}
	n := linked{found: rank >= 30, headline: plain(first(str(v["headline"]), ifRank(rank >= 30, str(v["name"])))), published: str(v["datePublished"]), modified: str(v["dateModified"]),
		section: plain(str(v["articleSection"])), language: str(v["inLanguage"]), publisher: plain(strings.Join(peopleOf(v["publisher"]), ", ")),
		address: first(str(v["url"]), str(v["mainEntityOfPage"])), body: str(v["articleBody"]), live: rank == 40, closed: isFalse(v["isAccessibleForFree"])}
	n.authors = peopleOf(v["author"])
	if len(n.authors) == 0 {
		n.authors = peopleOf(v["creator"])
	}
	for _, a := range list(v["author"]) {
		if o, ok := a.(map[string]any); ok && o["name"] == nil {
			n.refs = append(n.refs, str(o["@id"]))
		}
	}
	if rank == 40 {
		for _, u := range list(v["liveBlogUpdate"]) {
			if e, ok := u.(map[string]any); ok {
				n.updates = append(n.updates, liveUpdate{plain(str(e["headline"])), plainLines(str(e["articleBody"])), first(str(e["datePublished"]), str(e["dateModified"]))})
			}
		}
	}
	n.rank = rank + btoi(n.headline != "")*2 + btoi(n.published != "") + btoi(len(n.authors) > 0)
	if n.rank > l.rank {
		n.closed = n.closed || l.closed
		n.people = l.people
		*l = n
	}
}

func ifRank(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isFalse(v any) bool {
	s, _ := v.(string)
	b, isBool := v.(bool)
	return isBool && !b || strings.EqualFold(s, "false")
}

func list(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case nil:
		return nil
	}
	return []any{v}
}

// str is a string, or the first of several, or what an object calls itself.
func str(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) > 0 {
			return str(v[0])
		}
	case map[string]any:
		return first(str(v["@id"]), str(v["url"]))
	}
	return ""
}

func strs(v any) []string {
	var out []string
	for _, x := range list(v) {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// peopleOf lists the names of persons or organisations.
func peopleOf(v any) []string {
	var out []string
	for _, x := range list(v) {
		name := ""
		switch x := x.(type) {
		case string:
			name = x
		case map[string]any:
			for _, n := range list(x["name"]) {
				if s, ok := n.(string); ok {
					out = append(out, plain(s))
				}
			}
		}
		if name = plain(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// plain takes entities, tags and line breaks out of a value.
func plain(s string) string {
	return strings.Join(strings.Fields(stripTags(html.UnescapeString(s))), " ")
}

// plainLines does the same but keeps paragraphs.
func plainLines(s string) string {
	var out []string
	for line := range strings.SplitSeq(strings.NewReplacer("<p>", "\n", "</p>", "\n", "<br>", "\n", "<br/>", "\n", "<br />", "\n").Replace(s), "\n") {
		if line = plain(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func stripTags(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString("<" + rest)
			return b.String()
		}
		b.WriteByte(' ')
		s = after
	}
}
