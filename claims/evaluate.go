package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// An outcome is what the rulebook makes of one claim's mentions at one moment.
type outcome struct {
	status     Status
	value      Value
	reasons    []string
	settle     []string
	voices     []Voice
	stance     map[MentionID]Stance
	lifecycle  Lifecycle
	independed int       // voices that count behind the value shown
	rule       string    // the rule that decided
	chosen     *frame    // the mention whose figure is shown
	basis      Basis     // of the claim
	due        time.Time // when the dispute ends by its own; zero: not by its own
}

// A testimony is the word of one voice on one claim: its latest figure and what it said before.
type testimony struct {
	speaker speaker
	said    []*frame // all its mentions, oldest point in time first
	last    *frame   // the figure it stands by
	denies  *frame   // its denial, nil for none
	live    bool     // its figure is of the newest point in time
	carries []SourceID
	unsure  bool
}

// evaluate applies sections 3 to 5 of the rulebook to the mentions of one claim.
func evaluate(frames []*frame, s Settings, newest time.Time) outcome {
	o := outcome{stance: map[MentionID]Stance{}, lifecycle: Current, basis: basisOf(frames)}
	first := firstSaid(frames, s.Widths)
	voices := testimonies(frames, first)
	settleTime(voices, first, o.basis, s.Widths)
	var counting, hearsay []*testimony
	for _, v := range voices {
		if v.speaker.counts && !v.unsure {
			counting = append(counting, v)
		} else {
			hearsay = append(hearsay, v)
		}
	}
	o.judge(counting, hearsay, s, newest)
	o.describe(voices, frames, s.Widths)
	return o
}

// basisOf is the time basis most of the mentions give; ties go to the one that moves.
func basisOf(frames []*frame) Basis {
	n := map[Basis]int{}
	for _, f := range frames {
		n[f.basis]++
	}
	best := BasisPeriod
	for _, b := range []Basis{BasisRunning, BasisStock, BasisPeriod, BasisPlan} {
		if n[b] > n[best] || n[b] == n[best] && n[b] > 0 && best == BasisPeriod && b != BasisPlan {
			best = b
		}
	}
	return best
}

// day is the day a mention's figure holds for, as YYYY-MM-DD.
func (f *frame) day() string { return dayOf(f.m, f.basis) }

func dayOf(m *Mention, basis Basis) string {
	at := saidAt(m)
	if m.Dated && m.Date.To != "" && !(basis == BasisRunning && m.Date.From == m.Date.To && daysBetween(m.Date.To, at) > 2) &&
		!(basis == BasisStock && daysBetween(m.Date.To, at) > 30) {
		return m.Date.To // a running count is not told days late: such a date is when the counting began, or something else's
	}
	if !at.IsZero() {
		return at.UTC().Format(time.DateOnly)
	}
	return m.Date.To
}

// saidAt is when a mention was published, or fetched where that is unknown.
func saidAt(m *Mention) time.Time {
	if m.Published.IsZero() {
		return m.Retrieved
	}
	return m.Published
}

// daysBetween counts the days from a day to a time, 0 where either is unknown.
func daysBetween(day string, at time.Time) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil || at.IsZero() {
		return 0
	}
	return int(at.Sub(t).Hours() / 24)
}

// moment is when a figure was said to hold, for ordering: its day, and the clock time of its document
// where that is of the same day.
type moment struct {
	day string
	at  time.Time
}

func (m moment) compare(n moment) int {
	return cmp.Or(strings.Compare(m.day, n.day), m.at.Compare(n.at))
}

// firstSaid gives for each figure of the claim the moment at which it was first said: saying a known
// figure again opens no new point in time.
func firstSaid(frames []*frame, w Widths) map[string]moment {
	out := map[string]moment{}
	for _, f := range frames {
		key, at := f.fig.point.String(), moment{f.day(), f.at}
		if old, ok := out[key]; !ok || at.compare(old) < 0 {
			out[key] = at
		}
	}
	return out
}

func testimonies(frames []*frame, first map[string]moment) []*testimony {
	by := map[string]*testimony{}
	for _, f := range frames {
		for _, who := range append([]speaker{f.who}, f.with...) {
			t := by[who.voice]
			if t == nil {
				t = &testimony{speaker: who}
				by[who.voice] = t
			}
			t.take(f, who)
		}
	}
	var out []*testimony
	for _, voice := range sortedKeys(by) {
		t := by[voice]
		slices.Sort(t.carries)
		slices.SortStableFunc(t.said, func(a, b *frame) int {
			return cmp.Or(first[a.fig.point.String()].compare(first[b.fig.point.String()]), compareFrames(a, b))
		})
		t.unsure = len(t.said) > 0 && !slices.ContainsFunc(t.said, func(f *frame) bool { return !f.m.Unsure })
		// A figure that a correction or its own speaker withdrew no longer speaks for its voice.
		for _, f := range t.said {
			if f.m.Stance != Outdated && !t.tookBack(f) && (!f.fig.vague || t.last == nil) {
				if t.last != nil && f.fig.bound && !t.last.fig.bound && f.fig.compatible(t.last.fig, DefaultWidths()) {
					continue // a looser repeat does not replace a figure
				}
				t.last = f
			}
		}
		out = append(out, t)
	}
	return out
}

// take adds one mention to what a voice has said.
func (t *testimony) take(f *frame, who speaker) {
	if who.own && !t.speaker.own {
		t.speaker = who
	}
	if !slices.Contains(t.carries, f.m.Source) {
		t.carries = append(t.carries, f.m.Source)
	}
	if f.m.Modality != Denied {
		t.said = append(t.said, f)
	} else if t.denies == nil || compareFrames(t.denies, f) < 0 {
		t.denies = f
	}
}

// tookBack reports whether a voice itself denies a figure that it said before: "12, not 20 as we first reported".
func (t *testimony) tookBack(f *frame) bool {
	return t.denies != nil && compareFrames(f, t.denies) < 0 && f.m.Document != t.denies.m.Document && f.fig.point.Equal(t.denies.fig.point)
}

// contradictsItself reports whether a voice denies what nobody but itself has said, and stands by it no more.
func (t *testimony) contradictsItself(others []*testimony, w Widths) bool {
	return (t.last == nil || !t.last.fig.compatible(t.denies.fig, w)) && slices.ContainsFunc(t.said, t.tookBack) &&
		!slices.ContainsFunc(others, func(u *testimony) bool { return u != t && u.last != nil && u.last.fig.compatible(t.denies.fig, w) })
}

// settleTime finds which voices speak of the newest point in time.
func settleTime(voices []*testimony, first map[string]moment, basis Basis, w Widths) {
	var newest moment
	var top *testimony
	for _, v := range voices {
		v.live = v.last != nil
		if v.last == nil || !v.speaker.counts || v.last.fig.vague {
			continue
		}
		if at := first[v.last.fig.point.String()]; top == nil || at.compare(newest) > 0 {
			newest, top = at, v
		}
	}
	if top == nil || basis == BasisPeriod || basis == BasisPlan {
		return
	}
	for _, v := range voices {
		if v.last == nil || v.last.fig.about(top.last.fig, w) == says || !top.last.fig.bound && v.last.fig.compatible(top.last.fig, w) {
			continue // a loose bound of later says nothing of an earlier figure: "more than 300" now, and 600 three days ago
		}
		at := first[v.last.fig.point.String()]
		earlier := at.day < newest.day
		if !earlier && at.day == newest.day && newest.at.Sub(at.at) >= 3*time.Hour && !repeatsAfter(v, newest.at) {
			earlier = true
		}
		if !earlier || v.last.m.Rivals && top.last.m.Rivals {
			continue
		}
		// A running count never falls: a lower figure that comes later from another voice leaves the higher one standing.
		if basis == BasisRunning && v.last.fig.point.GreaterThan(top.last.fig.point) && v.speaker.counts {
			continue
		}
		v.live = false
	}
}

// repeatsAfter reports whether a voice or a carrier of it gives its figure again after a time.
func repeatsAfter(v *testimony, at time.Time) bool {
	return slices.ContainsFunc(v.said, func(f *frame) bool { return f.at.After(at) && f.fig.point.Equal(v.last.fig.point) })
}

// A camp is the voices whose words one figure carries.
type camp struct {
	figure *frame // the most precise bare figure among them
	voices []*testimony
}

// camps gathers the live testimonies by compatible figures, the largest camp first, at a tie the lowest figure.
func camps(live []*testimony, w Widths) []camp {
	var out []camp
	for _, v := range live {
		if v.last.fig.vague {
			continue
		}
		c := camp{figure: v.last}
		for _, u := range live {
			if u.last.fig.about(v.last.fig, w) == says {
				c.voices = append(c.voices, u)
			}
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b camp) int {
		return cmp.Or(cmp.Compare(len(b.voices), len(a.voices)), cmp.Compare(looseness(a.figure), looseness(b.figure)),
			a.figure.fig.point.Cmp(b.figure.fig.point), compareFrames(a.figure, b.figure))
	})
	return out
}

// looseness orders figures from the most precise: bare ones by their last written digit, then hedged, then bounds.
func looseness(f *frame) int {
	n := f.fig.place
	switch {
	case f.fig.bare:
	case f.fig.bound:
		n += 2000
	default:
		n += 1000
	}
	return n
}

func (o *outcome) judge(counting, hearsay []*testimony, s Settings, newest time.Time) {
	var live, deniers []*testimony
	for _, v := range counting {
		if v.last != nil && v.live {
			live = append(live, v)
		}
		if v.denies != nil && (v.last == nil || compareFrames(v.last, v.denies) < 0) && !v.contradictsItself(slices.Concat(counting, hearsay), s.Widths) {
			deniers = append(deniers, v)
		}
	}
	all := camps(live, s.Widths)
	var best *camp
	for i := range all {
		if rule, why := verifies(&all[i], all, s); rule != "" {
			if best == nil {
				best, o.rule = &all[i], rule
				o.reasons = append(o.reasons, why)
			}
		}
	}
	var against []*testimony
	if len(all) > 0 {
		lead := all[0].figure
		if best != nil {
			lead = best.figure
		}
		for _, v := range live {
			if v.last.fig.about(lead.fig, s.Widths) == contradicts {
				against = append(against, v)
			}
		}
	}
	if best != nil && len(against) > 0 {
		o.due = silentAt(against, best, s)
	}
	if !o.due.IsZero() && !newest.Before(o.due) {
		o.due = time.Time{}
		o.reasons = append(o.reasons, fmt.Sprintf("the dispute is over: %s has not repeated its figure for %d days", names(against), int(s.DisputeWindow.Hours()/24)))
		against = nil
	}
	switch {
	case len(deniers) > 0:
		o.status, o.rule = Disputed, "D2"
		o.reasons = []string{fmt.Sprintf("D2: %s denies it", names(deniers))}
		if len(live) > 0 {
			o.spread(all, live)
		}
	case len(against) > 0:
		o.status, o.rule = Disputed, "D1"
		o.spread(all, live)
		o.reasons = []string{"D1: " + rivalWords(all, live, s.Widths) + misprint(all)}
	case best != nil:
		o.status = Verified
		o.shown(mostPrecise(best.voices))
		o.independed = len(best.voices)
	default:
		o.status = Unverified
		o.unverified(all, live, counting, hearsay)
	}
}

// verifies returns the first of V1 to V4 that a camp meets, with its sentence.
func verifies(c *camp, all []camp, s Settings) (rule, why string) {
	free, parties := 0, []string{}
	for _, v := range c.voices {
		if !v.speaker.stake {
			free++
		}
		if v.speaker.party != "" && !slices.Contains(parties, v.speaker.party) {
			parties = append(parties, v.speaker.party)
		}
	}
	slices.Sort(parties)
	if len(c.voices) >= s.MinIndependent && free > 0 {
		return "V1", fmt.Sprintf("V1: %d independent voices say so (%s), at least one of them without a stake", len(c.voices), names(c.voices))
	}
	if len(parties) >= 2 {
		return "V2", fmt.Sprintf("V2: both sides say so (%s)", strings.Join(parties, ", "))
	}
	alone := len(all) == len(c.voices)
	for _, v := range c.voices {
		if alone && v.speaker.stake && slices.ContainsFunc(v.said, func(f *frame) bool { return f.admits && f.fig.point.Equal(c.figure.fig.point) }) {
			return "V3", fmt.Sprintf("V3: %s, whom it hurts, admits it, and no voice says otherwise", v.speaker.name)
		}
		if alone && v.speaker.own && !v.speaker.stake && registers(s, v) {
			return "V4", fmt.Sprintf("V4: %s keeps this count and publishes it itself", v.speaker.name)
		}
	}
	return "", ""
}

func registers(s Settings, v *testimony) bool {
	return slices.ContainsFunc(s.Sources, func(src Source) bool {
		return src.Register && "source:"+string(src.ID) == v.speaker.voice
	})
}

// silentAt is when a dispute ends by its own: the winning figure has been reached, and no voice against it has said its own
// again for the whole dispute window, measured to the newest document.
func silentAt(against []*testimony, best *camp, s Settings) time.Time {
	var last time.Time
	for _, v := range best.voices {
		if at := v.last.at; at.After(last) {
			last = at
		}
	}
	for _, v := range against {
		for _, f := range v.said {
			if f.at.After(last) {
				last = f.at
			}
		}
	}
	return last.Add(s.DisputeWindow)
}

// spread sets the value of a dispute: low and high over the voices that count, best the figure with most voices.
func (o *outcome) spread(all []camp, live []*testimony) {
	if len(all) == 0 {
		return
	}
	most := len(all[0].voices)
	choice := all[0].figure
	for _, c := range all {
		if len(c.voices) == most && c.figure.fig.point.LessThan(choice.fig.point) && !choice.fig.compatible(c.figure.fig, DefaultWidths()) {
			choice = c.figure
		}
	}
	for _, c := range all {
		if len(c.voices) == most && c.figure.fig.compatible(choice.fig, DefaultWidths()) && looseness(c.figure) < looseness(choice) {
			choice = c.figure
		}
	}
	o.chosen = choice
	low, high := choice.fig.point, choice.fig.point
	for _, v := range live {
		if v.last.fig.vague {
			continue
		}
		low, high = decimal.Min(low, v.last.fig.point), decimal.Max(high, v.last.fig.point)
	}
	o.value = Value{Low: inUnitOf(choice, low), Best: NumberOf(choice.fig.written), High: inUnitOf(choice, high)}
}

func mostPrecise(voices []*testimony) *frame {
	best := voices[0].last
	for _, v := range voices[1:] {
		if c := cmp.Compare(looseness(v.last), looseness(best)); c < 0 || c == 0 && compareFrames(v.last, best) < 0 {
			best = v.last
		}
	}
	return best
}

// shown sets the value that one mention says.
func (o *outcome) shown(f *frame) {
	o.chosen = f
	o.value = f.m.Value
	if !f.fig.vague && f.m.Compare != Range && !o.value.Best.Known() {
		o.value.Best = NumberOf(f.fig.written)
	}
}

// unverified names which of U1 to U6 holds, and shows the figure said.
func (o *outcome) unverified(all []camp, live, counting, hearsay []*testimony) {
	switch {
	case len(all) > 0:
		lead := all[0]
		o.shown(mostPrecise(lead.voices))
		o.independed = len(lead.voices)
		v := lead.voices[0]
		if v.speaker.stake {
			o.rule = "U2"
			o.reasons = append(o.reasons, fmt.Sprintf("U2: only %s says so, and it speaks for a side", names(lead.voices)))
			o.settle = append(o.settle, "a voice without a stake, or the other side, giving the same figure")
		} else {
			o.rule = "U1"
			carriers := 0
			for _, u := range lead.voices {
				carriers += len(u.carries)
			}
			o.reasons = append(o.reasons, fmt.Sprintf("U1: one voice only (%s), carried by %s", names(lead.voices), count(carriers, "source")))
			o.settle = append(o.settle, "a second independent voice giving the same figure")
		}
	case len(live) > 0 || latest(counting) != nil:
		o.rule = "U1"
		if f := latest(counting); f != nil {
			o.shown(f)
		}
		o.reasons = append(o.reasons, "U1: only a vague word, no figure, from voices that count")
		o.settle = append(o.settle, "a figure from a source that can be named")
	default:
		f := latest(hearsay)
		if f == nil {
			o.takenBack(slices.Concat(counting, hearsay))
			return
		}
		o.shown(f)
		switch v := speakerOf(hearsay, f); {
		case v.unsure:
			o.rule = "U5"
			o.reasons = append(o.reasons, fmt.Sprintf("U5: the source itself calls it unconfirmed (%s)", v.speaker.name))
		case v.speaker.vague:
			o.rule = "U4"
			o.reasons = append(o.reasons, "U4: the origin cannot be told ("+v.speaker.name+")")
		default:
			o.rule = "U3"
			o.reasons = append(o.reasons, "U3: only posts on social networks say so ("+names(hearsay)+")")
		}
		o.settle = append(o.settle, "an office, an outlet or a side of the conflict giving the figure in its own name")
	}
}

// takenBack shows the last figure of a claim that nobody stands by any more.
func (o *outcome) takenBack(voices []*testimony) {
	var last *frame
	for _, v := range voices {
		for _, f := range v.said {
			if last == nil || compareFrames(last, f) < 0 {
				last = f
			}
		}
	}
	if last != nil {
		o.shown(last)
		o.reasons = append(o.reasons, "withdrawn: nobody stands by this figure any more ("+names(voices)+" took it back)")
	}
}

func speakerOf(voices []*testimony, f *frame) *testimony {
	for _, v := range voices {
		if v.last == f {
			return v
		}
	}
	return voices[0]
}

func latest(voices []*testimony) *frame {
	var best *frame
	for _, v := range voices {
		if v.last == nil {
			continue
		}
		if best == nil || looseness(v.last) < looseness(best) || looseness(v.last) == looseness(best) && compareFrames(best, v.last) < 0 {
			best = v.last
		}
	}
	return best
}

// rivalWords puts a dispute in a sentence: who says which figure.
func rivalWords(all []camp, live []*testimony, w Widths) string {
	var parts []string
	seen := map[*testimony]bool{}
	for _, c := range all {
		var fresh []*testimony
		for _, v := range c.voices {
			if !seen[v] {
				seen[v] = true
				fresh = append(fresh, v)
			}
		}
		if len(fresh) > 0 {
			verb := "say"
			if len(fresh) == 1 {
				verb = "says"
			}
			parts = append(parts, fmt.Sprintf("%s %s %s", names(fresh), verb, c.figure.said(all)))
		}
	}
	return strings.Join(parts, "; ")
}

// said is the frame's figure for a reason's sentence, with its unit where others of the claim have another.
func (f *frame) said(all []camp) string {
	n := f.fig.written.String()
	if slices.ContainsFunc(all, func(c camp) bool { return c.figure.fig.unit != f.fig.unit }) {
		n += " (" + f.fig.unit + ")"
	}
	return n
}

func names(voices []*testimony) string {
	var out []string
	for _, v := range voices {
		if !slices.Contains(out, v.speaker.name) {
			out = append(out, v.speaker.name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// describe gives every mention its stance and lists the voices.
func (o *outcome) describe(voices []*testimony, frames []*frame, w Widths) {
	for _, f := range frames {
		o.stance[f.m.ID] = o.stanceOf(f, voices, w)
	}
	for _, v := range voices {
		out := Voice{Name: v.speaker.name, Class: v.speaker.class, Party: v.speaker.party, Counts: v.speaker.counts && !v.unsure, Stake: v.speaker.stake, Carriers: v.carries}
		f := v.last
		if f == nil {
			f = v.denies
		}
		if f == nil && len(v.said) > 0 {
			f = v.said[len(v.said)-1]
		}
		if f != nil {
			out.Value, out.Stance = f.m.Value, o.stance[f.m.ID]
		}
		o.voices = append(o.voices, out)
	}
	standing := slices.ContainsFunc(voices, func(v *testimony) bool { return v.last != nil })
	if !standing && len(frames) > 0 && !slices.ContainsFunc(voices, func(v *testimony) bool { return v.denies != nil }) {
		o.lifecycle = Withdrawn
	}
}

func (o *outcome) stanceOf(f *frame, voices []*testimony, w Widths) Stance {
	switch {
	case f.m.Stance == Outdated:
		return Outdated
	case !f.who.counts || f.m.Unsure:
		return Context
	case f.m.Modality == Denied:
		return Disputes
	}
	i := slices.IndexFunc(voices, func(v *testimony) bool { return v.speaker.voice == f.who.voice })
	v := voices[i]
	if v.last == nil || !v.live || !f.fig.compatible(v.last.fig, w) {
		return Outdated
	}
	if o.chosen == nil {
		return Supports
	}
	switch f.fig.about(o.chosen.fig, w) {
	case says:
		return Supports
	case contradicts:
		return Disputes
	}
	return Context
}
