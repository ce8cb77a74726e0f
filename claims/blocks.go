package claims

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"tallywire/claims/lexicon"
)

// Blocking: only mentions that share a key are compared, and only groups of which two mentions share one, so that the cost of
// a new document does not grow with the board. Two that share none have nothing in common that likeness could count, or lie
// in other seasons.

// A blockKey is something that mentions may share.
type blockKey struct {
	what   string
	season int64 // number of the stretch of time; keys of neighbouring seasons meet too
	size   int   // rough size of the figure; keys of neighbouring sizes meet too; noSize: of any
	beside bool  // two that have it only besides something more exact are not brought together by it
}

const noSize = -1 << 30

// season numbers the stretches of time in which mentions may meet: those of any two moments less than sameStory apart are
// the same or neighbours.
func season(at time.Time) int64 { return at.Unix() / int64(sameStory.Seconds()) }

// FigureKey is the key under which every mention of a mention's figure is found, whenever and of whatever it was said.
func FigureKey(m *Mention) string {
	f := figureOf(m, DefaultWidths())
	return kindOf(m) + " " + f.point.String()
}

// Blocks returns for each mention of a document, given whole, the keys under which it is kept to be found again when
// another one might speak of the same claim: its FigureKey, and keys of 11 characters that only the judge can read. Mentions
// that no claim may hold have none.
func (b *Bench) Blocks(mentions []Mention) [][]string {
	out := make([][]string, len(mentions))
	for _, f := range framesOf(b.cast, mentions, b.settings.Widths) {
		i := f.ord
		out[i] = append([]string{FigureKey(f.m)}, f.rows()...)
	}
	return out
}

// row is the key as the store keeps it, of a season and size.
func (k blockKey) row(season int64, size int, beside bool) string {
	sum := sha256.Sum256([]byte(k.what + "\x00" + strconv.FormatInt(season, 36) + "\x00" + strconv.Itoa(size) + "\x00" + strconv.FormatBool(beside)))
	return base64.RawURLEncoding.EncodeToString(sum[:8])
}

// asked are the rows of all keys that meet this one.
func (k blockKey) asked() []string {
	var out []string
	for s := k.season - 1; s <= k.season+1; s++ {
		for _, d := range []int{-1, 0, 1} {
			size := k.size + d
			if k.size == noSize {
				if d != 0 {
					continue
				}
				size = noSize
			}
			out = append(out, k.row(s, size, false))
			if !k.beside {
				out = append(out, k.row(s, size, true))
			}
		}
	}
	return out
}

// shared are the texts of which two keys have one in common where they meet.
func (k blockKey) shared() []string {
	var out []string
	for _, s := range []int64{k.season, k.season + 1} {
		at := k.what + " " + strconv.FormatInt(s, 36)
		if k.size == noSize {
			out = append(out, at)
			continue
		}
		for _, size := range []int{k.size, k.size + 1} {
			out = append(out, at+" "+strconv.Itoa(size))
		}
	}
	return out
}

// figureName is what mentions of one figure have in common: kind and size.
func (f *frame) figureName() string { return f.kind + " " + f.fig.point.String() }

// rows are all keys that the mention is kept under.
func (f *frame) rows() []string {
	l := lexicon.Default()
	var out []string
	seen := map[string]bool{}
	for _, k := range append(f.figureKeys(l), f.topicKeys(l)...) {
		if row := k.row(k.season, k.size, k.beside); !seen[row] {
			seen[row] = true
			out = append(out, row)
		}
	}
	return out
}

// figureKeys are what a mention of a figure may share with another one of it. Figures of two significant digits and more
// are seldom met by chance: within a season all their mentions are compared.
func (f *frame) figureKeys(l *lexicon.Lexicon) []blockKey {
	figure, when := f.figureName(), season(f.at)
	if digits(f) >= 2 {
		return []blockKey{{what: figure + " *", season: when, size: noSize}}
	}
	var out []blockKey
	add := func(what string) {
		out = append(out, blockKey{what: figure + " " + what, season: when, size: noSize})
	}
	for _, k := range f.conceptKeys(l) {
		add(k.what)
	}
	if f.subject != "" {
		add("s " + f.subject)
	}
	for _, w := range f.story {
		add("p " + strconv.FormatUint(w, 36))
	}
	add("v " + f.base.voice)
	return out
}

// topicKeys are what the group of one figure may share with that of another: what is counted or done, and what a level is
// the level of. Counts of a day meet only within their day, running counts and stocks within their season; figures that may be
// one, rounded or hedged, meet within their season by their rough size.
func (f *frame) topicKeys(l *lexicon.Lexicon) []blockKey {
	base, when := f.conceptKeys(l), season(f.at)
	if f.kind != "count" {
		if f.subject != "" {
			base = append(base, blockKey{what: "s " + f.subject})
		}
		base = append(base, blockKey{what: "k"})
	}
	var out []blockKey
	for _, k := range base {
		if f.basis != BasisPlan {
			out = append(out, blockKey{f.kind + " D" + f.to + " " + k.what, 0, noSize, k.beside})
		}
		if f.basis != BasisPeriod || f.kind != "count" {
			out = append(out, blockKey{f.kind + " R " + k.what, when, noSize, k.beside})
		}
		out = append(out, blockKey{f.kind + " z " + k.what, when, size(f.fig), k.beside})
	}
	return out
}

// conceptKeys are things with acts where both are known, and each beside the other for those that know only one. The most
// general thing is left out where something else is known: nearly every figure of a war counts people.
func (f *frame) conceptKeys(l *lexicon.Lexicon) []blockKey {
	var keys []blockKey
	for _, c := range f.measures {
		keys = append(keys, blockKey{what: "m " + string(c)})
	}
	var counted, deeds []string
	for _, c := range specific(l, f.things) {
		counted = append(counted, "t "+string(c))
	}
	if f.head != "" {
		counted = append(counted, "w "+f.head)
	}
	for _, c := range f.acts {
		deeds = append(deeds, "a "+string(root(l, c)))
	}
	for _, t := range counted {
		for _, a := range deeds {
			keys = append(keys, blockKey{what: t + " " + a})
		}
		if t != "t person" || len(deeds) == 0 {
			keys = append(keys, blockKey{what: t, beside: len(deeds) > 0})
		}
	}
	for _, a := range deeds {
		keys = append(keys, blockKey{what: a, beside: len(counted) > 0})
	}
	return keys
}

// root is the most general concept that one descends from.
func root(l *lexicon.Lexicon, c lexicon.Concept) lexicon.Concept {
	for _, p := range l.Parents(c) {
		return root(l, p)
	}
	return c
}

// sizeSteps part a decade of sizes so that neighbours differ by about a third.
var sizeSteps = []int{10, 13, 17, 22, 29, 38, 50, 65, 85}

// size is the step of a figure's size: figures up to a third apart have the same or neighbouring ones.
func size(f figure) int {
	digits := strings.TrimLeft(f.point.Abs().Coefficient().String(), "0")
	if digits == "" {
		return 0
	}
	exponent := int(f.point.Exponent()) + len(digits)
	lead, err := strconv.Atoi((digits + "0")[:2])
	if err != nil {
		return 0
	}
	step := 0
	for step+1 < len(sizeSteps) && lead >= sizeSteps[step+1] {
		step++
	}
	return exponent*len(sizeSteps) + step
}
