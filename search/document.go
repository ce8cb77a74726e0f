package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"tallywire/claims"
)

// maxText is how much of a claim's mentions is indexed, in words; the statement comes first.
const maxText = 5000

// A document is a claim as it is searched.
type document struct {
	Text  string            `json:"w"`           // every word as it stands, without marks
	Stems map[string]string `json:"s,omitempty"` // language -> the stems of what was said in it
	// Keys are values of fields, small; each is compared whole.
	Keys    map[string][]string `json:"k,omitempty"`
	Names   map[string]string   `json:"n,omitempty"` // words of the fields speaker, place, party
	Value   *float64            `json:"v,omitempty"` // for finding; compared exactly afterwards
	Changed float64             `json:"c"`           // Unix seconds
}

// documentOf takes from a claim what is searched.
func documentOf(c *claims.Claim) document {
	d := document{Stems: map[string]string{}, Keys: map[string][]string{}, Names: map[string]string{}, Changed: float64(c.LastChanged.Unix())}
	if c.Value.Best.Known() {
		v := c.Value.Best.Decimal().InexactFloat64()
		d.Value = &v
	}
	var text []string
	stems := map[string][]string{}
	said := map[string]bool{}
	add := func(s, lang string) {
		if s == "" || said[lang+"\x00"+s] || len(text) >= maxText {
			return
		}
		said[lang+"\x00"+s] = true
		list := words(s)
		for _, w := range list {
			text = append(text, plain(w))
			if lang != "" {
				stems[lang] = append(stems[lang], stem(w, lang))
			}
		}
		text = append(text, gap)
		if lang != "" {
			stems[lang] = append(stems[lang], gap)
		}
	}
	langs := []string{"en"} // the statement's own words are English, its nouns of the text
	for i := range c.Mentions {
		if l := language(c.Mentions[i].Lang); l != "" && !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	for _, l := range langs {
		add(c.Statement, l)
		add(c.Measure, l)
	}
	add(string(c.ID), "")
	key := func(field string, values ...string) {
		for _, v := range values {
			if v = strings.ToLower(v); v != "" && !slices.Contains(d.Keys[field], v) {
				d.Keys[field] = append(d.Keys[field], v)
			}
		}
	}
	var speakers []string
	for i := range c.Mentions {
		m := &c.Mentions[i]
		l := language(m.Lang)
		add(m.Sentence, l)
		add(m.Title, l)
		key("source", string(m.Source))
		lang, _, _ := strings.Cut(m.Lang, "-")
		key("lang", lang)
		speakers = append(speakers, m.Attribution.Speaker, m.Attribution.Organisation, m.Attribution.Text)
	}
	for _, v := range c.Origins {
		speakers = append(speakers, v.Name)
	}
	d.Text = join(text)
	for l, list := range stems {
		d.Stems[l] = join(list)
	}
	status := string(c.Status)
	if c.Review != nil {
		key("review", string(c.Review.Status))
		key("status", string(c.Review.Status)) // as claims.Filter: the machine's, or the editor's
	}
	key("status", status)
	key("lifecycle", string(c.Lifecycle))
	key("topic", c.Topics...)
	key("unit", string(c.Unit.Class), c.Unit.Name)
	key("id", string(c.ID))
	d.Names["speaker"], d.Names["place"], d.Names["party"] = names(speakers), names([]string{c.Place}), names(c.Parties)
	return d
}

// gap stands between two texts, so that no row of words reaches from one into the next. It is no word.
const gap = "\u2016"

func names(list []string) string {
	var out []string
	for _, s := range list {
		for _, w := range words(s) {
			out = append(out, plain(w))
		}
		out = append(out, gap)
	}
	return join(out)
}

// hash names a document's content.
func (d document) hash() string {
	raw, err := json.Marshal(d)
	if err != nil {
		panic("search: " + err.Error()) // texts and finite numbers
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}
