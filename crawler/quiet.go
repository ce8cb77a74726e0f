package crawler

import (
	"strconv"
	"time"

	"tallywire/claims"
)

// A door that brought nothing new pass after pass is asked less: after quietStep such passes in a row only at every
// second slot of its schedule, after twice as many at every third, up to quietMost; one new item, and it is asked at every
// slot again. Media Cloud moves its intervals by the share of what is known, between 10 minutes and a day (crawling.md 6);
// the bound is tighter here, because a night must not cost the morning.
const (
	quietStep = 4
	quietMost = 4 // times the schedule's interval
	quietCap  = 24 * time.Hour
)

// The keys of claims.SourceState.Cursor under which a door's rest is kept.
const (
	cursorQuiet = "quiet_passes" // passes in a row that found nothing new
	cursorAsk   = "door_next"    // not asked before, RFC 3339 in UTC
)

// Quiet tells how a source's door is asked: how many scheduled passes in a row found nothing new behind it, and until when
// it is left alone (UTC; zero: it is asked at the next slot). Articles that are due are asked for meanwhile.
func Quiet(s claims.SourceState) (passes int, until time.Time) {
	passes, _ = strconv.Atoi(s.Cursor[cursorQuiet])
	until, _ = time.Parse(time.RFC3339, s.Cursor[cursorAsk])
	return max(passes, 0), until
}

// leaveDoor reports whether a scheduled pass leaves the door alone. A pass that somebody asked for never does.
func (p *pass) leaveDoor() bool {
	if p.source.Every <= 0 {
		return false
	}
	now := p.c.now()
	_, until := Quiet(p.state)
	return until.After(now) && until.Sub(now) <= quietCap // a clock that was set back must not close the door for long
}

// heard takes down what a door that answered had: anything new, or nothing.
func (p *pass) heard(news bool) {
	if p.state.Cursor == nil {
		p.state.Cursor = map[string]string{}
	}
	delete(p.state.Cursor, cursorAsk)
	if news {
		delete(p.state.Cursor, cursorQuiet)
		return
	}
	if p.source.Every <= 0 {
		return // somebody who asks twice in a minute says nothing of the door
	}
	passes, _ := Quiet(p.state)
	passes = min(passes+1, quietStep*quietMost)
	p.state.Cursor[cursorQuiet] = strconv.Itoa(passes)
	if rest := quietRest(passes, p.source.Every); rest > p.source.Every {
		// Half an interval early, so that a pass that took its time does not put the next one a slot further off.
		p.state.Cursor[cursorAsk] = p.c.now().Add(rest - p.source.Every/2).Format(time.RFC3339)
	}
}

// quietRest is how long a door is left alone after so many quiet passes in a row on a schedule.
func quietRest(passes int, every time.Duration) time.Duration {
	return max(every, min(every*time.Duration(min(1+passes/quietStep, quietMost)), quietCap))
}

// isNews reports whether the door names something that was not known, or says that it was changed.
func (j job) isNews() bool {
	return j.page.Fetched.IsZero() && j.page.Fails == 0 || j.item != nil && j.item.Updated.After(j.page.Fetched)
}
