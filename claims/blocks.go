package claims

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"tallywire/claims/lexicon"
)

// Blocking: only mentions that share a key are compared, and only groups of which two mentions share one, so that the cost of
// a new document does not grow with the board. That is part of the rule and not only a short cut: two that share none meet only
// through others, whatever else they have in common, and judging everything goes by the same keys as judging what is new.

// A blockKey is something that mentions may share.
type blockKey struct {
	what    string
	season  int64   // number of the stretch of time; keys of neighbouring seasons meet too
	size    int     // rough size of the figure; keys of neighbouring sizes meet too; noSize: of any
	besides besides // two of which both have it besides the same are not brought together by it
}

// besides is what a mention has besides a key, which is its weaker side; more of them are added up.
type besides uint8

const (
	besideExact besides = 1 << iota // a key that says more of what is counted and done
	besideWhole                     // the unrounded figure that the key's is a rounding of
	besideBare                      // a figure without hedge, which meets others of its rough size only where they have one
	besidesEnd
)

const noSize = -1 << 30

// season numbers the stretches of time in which mentions may meet: those of any two moments less than sameStory apart are
// the same or neighbours.
func season(at time.Time) int64 { return stretch(at, sameStory) }

// stretch numbers the stretches of time of a length.
func stretch(at time.Time, length time.Duration) int64 { return at.Unix() / int64(length.Seconds()) }

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
		out[f.ord] = []string{FigureKey(f.m)}
		for _, row := range f.rows() {
			out[f.ord] = append(out[f.ord], row.String())
		}
	}
	return out
}

// A rowKey is a hash of a blockKey.
type rowKey uint64

// String is the row's key in the store.
func (r rowKey) String() string {
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, uint64(r)))
}

// with mixes a number into a hash (the finalizer of splitmix64).
func (r rowKey) with(n int64) rowKey {
	z := (r ^ rowKey(n)) + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// text is the hash of what is shared (FNV-1a).
func (k blockKey) text() rowKey {
	h := rowKey(14695981039346656037)
	for i := range len(k.what) {
		h = (h ^ rowKey(k.what[i])) * 1099511628211
	}
	return h
}

// row is the key that the mention is kept under.
func (k blockKey) row() rowKey {
	return k.text().with(k.season).with(int64(k.size)).with(int64(k.besides))
}

// asked are the rows of all keys that meet this one.
func (k blockKey) asked() []rowKey {
	var out []rowKey
	text := k.text()
	for s := k.season - 1; s <= k.season+1; s++ {
		at := text.with(s)
		for _, size := range k.sizes(-1, 0, 1) {
			of := at.with(int64(size))
			for b := range besidesEnd {
				if b&k.besides == 0 {
					out = append(out, of.with(int64(b)))
				}
			}
		}
	}
	return out
}

// shared are numbers of which two keys have one in common where they meet, what they have besides left aside.
func (k blockKey) shared() []rowKey {
	var out []rowKey
	text := k.text()
	for _, s := range []int64{k.season, k.season + 1} {
		at := text.with(s)
		for _, size := range k.sizes(0, 1) {
			out = append(out, at.with(int64(size)))
		}
	}
	return out
}

// sizes are those so many steps from the key's; noSize where it has none.
func (k blockKey) sizes(steps ...int) []int {
	if k.size == noSize {
		return []int{noSize}
	}
	out := make([]int, len(steps))
	for i, d := range steps {
		out[i] = k.size + d
	}
	return out
}

// figureName is what mentions of one figure have in common: kind and size.
func (f *frame) figureName() string { return f.kind + " " + f.fig.point.String() }

// rows are all keys that the mention is kept under.
func (f *frame) rows() []rowKey {
	l := lexicon.Default()
	var out []rowKey
	seen := map[rowKey]bool{}
	for _, k := range append(f.figureKeys(l), f.topicKeys(l)...) {
		if row := k.row(); !seen[row] {
			seen[row] = true
			out = append(out, row)
		}
	}
	return out
}

// figureKeys are what a mention of a figure may share with another one of it. Figures of three significant digits and more
// are seldom met by chance: within a season all their mentions are compared; those of two within some days.
func (f *frame) figureKeys(l *lexicon.Lexicon) []blockKey {
	figure, when := f.figureName(), season(f.at)
	if f.digits >= 3 {
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
	near := "v " + f.base.voice
	if f.digits == 2 {
		near = "*"
	}
	return append(out, blockKey{what: figure + " few days " + near, season: stretch(f.at, sameSpeech), size: noSize})
}

// topicKeys are what the group of one figure may share with that of another: what is counted or done, and what a level is
// the level of. Counts of a day meet only within their day, running counts, stocks and levels within their season. Besides,
// counts that may be one figure meet within their season: the same, one the other rounded, or one of them hedged.
func (f *frame) topicKeys(l *lexicon.Lexicon) []blockKey {
	base, when := f.conceptKeys(l), season(f.at)
	if f.kind != "count" {
		if f.subject != "" {
			base = append(base, blockKey{what: "s " + f.subject})
		}
		base = append(base, blockKey{what: "k"})
	}
	rounded := f.fig.roundings()
	var out []blockKey
	for _, k := range base {
		if f.basis != BasisPlan {
			out = append(out, blockKey{f.kind + " D" + f.to + " " + k.what, 0, noSize, k.besides})
		}
		if f.basis != BasisPeriod || f.kind != "count" {
			out = append(out, blockKey{f.kind + " R " + k.what, when, noSize, k.besides})
		}
		if f.kind != "count" {
			continue
		}
		near := blockKey{f.kind + " z " + k.what, when, size(f.fig), k.besides}
		if f.fig.bare {
			near.besides |= besideBare
			out = append(out, blockKey{f.kind + " =" + f.fig.point.String() + " " + k.what, when, noSize, k.besides})
		}
		for _, r := range rounded {
			out = append(out, blockKey{f.kind + " =" + r.String() + " " + k.what, when, noSize, k.besides | besideWhole})
		}
		out = append(out, near)
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
	beside := func(others []string) besides {
		if len(others) > 0 {
			return besideExact
		}
		return 0
	}
	for _, t := range counted {
		for _, a := range deeds {
			keys = append(keys, blockKey{what: t + " " + a})
		}
		if t != "t person" || len(deeds) == 0 {
			keys = append(keys, blockKey{what: t, besides: beside(deeds)})
		}
	}
	for _, a := range deeds {
		keys = append(keys, blockKey{what: a, besides: beside(counted)})
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

// sizeSteps part a decade of sizes so that neighbours differ by more than ten sevenths: 70 says "fewer than 100" (verdicts.md 1),
// and no two figures that agree lie further apart.
var sizeSteps = []int{10, 15, 22, 32, 46, 68}

// size is the step of a figure's size.
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
