package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tallywire/claims"
)

// mentionsPage is how many mentions one page of a claim quotes, so that it stays under 150 KB.
const mentionsPage = 40

// historyShown is how many changes a page lists; all are in the data.
const historyShown = 50

// A claimData is what claim.html shows.
type claimData struct {
	claims.Claim
	Shown     claims.Status
	Answer    string // in one sentence
	Why       []reason
	Graph     *graph
	Plot      *plot
	Quotes    []quote
	From, To  int // quotes shown, counting from 1
	Total     int
	Next      string
	First     string
	Edits     []edit
	History   []claims.Change // the newest of them
	Earlier   int             // changes before those
	Parts     []relation
	Decisions []decision
	Similar   []claims.Summary
	By        string // the editor's name, from the last form
	Seen      string
	Cite      string
	Line      string
	Permalink string
	Topics    []choice
	Documents int
	Heard     int      // voices that count
	Exports   []choice // of this claim alone
	Statuses  []claims.Status
}

// A reason is one reason of the judge: the rule's name, what the rule says in the reader's language, and the judge's words.
type reason struct {
	Rule, Says, Words string
}

// A quote is one mention with its number marked in its sentence.
type quote struct {
	claims.Mention
	Text     marked
	Link     string // to the original, "" where its address is no web address
	Archive  string // to the archived copy
	Who      string // whom the text names
	Says     string // its value in the reader's words
	CanSplit bool
}

// A relation is another claim that this one is tied to.
type relation struct {
	As  string
	Row claims.Summary
}

// A decision is an editor's decision on this claim.
type decision struct {
	claims.Decision
	Undone bool
}

func (s *Server) claimPage(w http.ResponseWriter, v *view) error {
	ctx := v.r.Context()
	id := claims.ClaimID(v.r.PathValue("id"))
	made, err := s.Store.Decisions(ctx)
	if err != nil {
		return err
	}
	c, err := s.Store.Claim(ctx, id)
	if errors.Is(err, claims.ErrNotFound) {
		if now := s.whereNow(ctx, id, made); now != "" {
			http.Redirect(w, v.r, "/claims/"+string(now), http.StatusSeeOther)
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("claim %s: %w", cut(plain(string(id)), 40), err)
	}
	if c.ID != id { // merged
		http.Redirect(w, v.r, "/claims/"+string(c.ID), http.StatusSeeOther)
		return nil
	}
	d := s.claimData(v, c)
	d.Decisions = decisionsOn(&c, made)
	if d.Edits, err = s.silentEdits(ctx, &c); err != nil {
		return err
	}
	if v.Can && s.Editor != nil {
		d.Similar = s.similar(&c)
	}
	v.Title = plain(c.Statement)
	return s.show(w, v, "claim.html", d)
}

// whereNow finds the claim that a decision left an old ID's mentions in, "" for none.
func (s *Server) whereNow(ctx context.Context, id claims.ClaimID, made []claims.Decision) claims.ClaimID {
	for i := len(made) - 1; i >= 0; i-- {
		if d := made[i]; (d.Claim == id || d.Other == id) && len(d.Mentions) > 0 {
			if now, err := s.Store.ClaimsOf(ctx, d.Mentions...); err == nil && len(now) > 0 && now[0] != id {
				return now[0]
			}
		}
	}
	return ""
}

func (s *Server) claimData(v *view, c claims.Claim) *claimData {
	row := claims.Summarise(&c)
	d := &claimData{Claim: c, Shown: row.Shown(), History: c.History, By: editor(v.r), Seen: seenOf(&c), Total: len(c.Mentions),
		Statuses: []claims.Status{claims.Verified, claims.Disputed, claims.Unverified}}
	documents := map[string]bool{}
	for i := range c.Mentions {
		documents[c.Mentions[i].URL] = true
	}
	d.Documents, d.Heard = len(documents), heard(&c)
	if d.Earlier = max(0, len(c.History)-historyShown); d.Earlier > 0 {
		d.History = c.History[d.Earlier:]
	}
	d.Claim.Origins = c.Origins[:min(len(c.Origins), 60)]
	d.Answer = answer(v, &c, d.Shown)
	for _, r := range c.Reasons {
		d.Why = append(d.Why, reasonOf(v, r))
	}
	d.Graph, d.Plot = s.newGraph(v, &c), s.newPlot(v, &c)
	start := 0
	if n, err := strconv.Atoi(v.r.URL.Query().Get("from")); err == nil && n > 0 && n < len(c.Mentions) {
		start = n
		d.First = "/claims/" + string(c.ID) + "#mentions"
	}
	end := min(start+mentionsPage, len(c.Mentions))
	for i := range c.Mentions[start:end] {
		d.Quotes = append(d.Quotes, s.quote(v, &c, &c.Mentions[start+i]))
	}
	d.From, d.To = start+1, end
	if end < len(c.Mentions) {
		d.Next = fmt.Sprintf("/claims/%s?from=%d#mentions", c.ID, end)
	}
	for _, r := range c.Related {
		if row, ok := s.Board.Row(r.Claim); ok && len(d.Parts) < 40 {
			d.Parts = append(d.Parts, relation{r.As, row})
		}
	}
	for _, t := range c.Topics {
		d.Topics = append(d.Topics, choice{Label: s.topicName(t), Href: with(nil, "topic", t)})
	}
	d.Exports = s.exports(v, url.Values{"q": {"id:" + string(c.ID)}})
	d.Permalink = base(v.r) + "/claims/" + string(c.ID)
	d.Line = plain(claims.AttributionLine(&c))
	d.Cite = v.T("claim.cite", plain(c.Statement), v.T("status."+string(d.Shown)), d.Heard, v.Time(c.LastChanged), d.Permalink, v.Time(v.now))
	return d
}

// base is the address under which the reader asked for the desk.
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// answer says in one sentence what stands.
func answer(v *view, c *claims.Claim, shown claims.Status) string {
	if c.Lifecycle == claims.Withdrawn {
		return v.T("answer.withdrawn", plain(c.Statement))
	}
	if c.Review != nil {
		return v.T("answer.review."+string(shown), v.Value(c.Value), plain(c.Review.By))
	}
	if who := sides(v, c); shown == claims.Disputed && who != "" {
		return v.T("answer.disputed.who", who, v.Value(c.Value))
	}
	key := "answer." + string(shown)
	if c.Voices == 0 && v.Has(key+".none") {
		key += ".none"
	}
	return v.T(key, c.Voices, v.Value(c.Value))
}

// sides says in words who says what of a claim on which those who count do not agree, "" where fewer than two are known.
func sides(v *view, c *claims.Claim) string {
	var say []string
	for i := range c.Origins {
		switch o := &c.Origins[i]; {
		case !o.Counts || o.Stance != claims.Supports && o.Stance != claims.Disputes || len(say) == 4:
		case o.Value.Best.Known() || o.Value.Low.Known() || o.Value.High.Known():
			say = append(say, v.T("answer.says", plain(o.Name), v.Value(o.Value)))
		default:
			say = append(say, v.T("answer.denies", plain(o.Name)))
		}
	}
	if len(say) < 2 {
		return ""
	}
	return strings.Join(say, ", ")
}

// heard is how many voices that count stand behind a claim, or, where none stands for one figure, spoke of it at all.
func heard(c *claims.Claim) int {
	n := c.Voices
	if n == 0 {
		for i := range c.Origins {
			if c.Origins[i].Counts {
				n++
			}
		}
	}
	return n
}

// reasonOf takes the rule's name off a reason.
func reasonOf(v *view, words string) reason {
	rule, rest, ok := strings.Cut(words, ": ")
	if !ok || !v.Has("rule."+rule) {
		return reason{Words: plain(words)}
	}
	return reason{Rule: rule, Says: v.T("rule." + rule), Words: plain(rest)}
}

func (s *Server) quote(v *view, c *claims.Claim, m *claims.Mention) quote {
	q := quote{Mention: *m, Text: markIn(m.Sentence, m.Text), Link: link(m.URL), Archive: fmt.Sprintf("/archive/%s/%s", c.ID, m.ID), Says: v.Value(m.Value)}
	a := m.Attribution
	for _, who := range []string{a.Text, a.Speaker, a.Organisation} {
		if who != "" {
			q.Who = plain(cut(who, 120))
			break
		}
	}
	q.CanSplit = len(c.Mentions) > 1
	return q
}

// markIn marks a figure in its sentence; long sentences are cut around it.
func markIn(sentence, figure string) marked {
	at := strings.Index(sentence, figure)
	if figure == "" || at < 0 {
		return marked{Before: plain(cut(sentence, 600))}
	}
	before, after := []rune(sentence[:at]), sentence[at+len(figure):]
	if len(before) > 400 {
		before = append([]rune("…"), before[len(before)-400:]...)
	}
	return marked{plain(string(before)), plain(figure), plain(cut(after, 400))}
}

// decisionsOn are the decisions that name this claim or one of its mentions, newest first.
func decisionsOn(c *claims.Claim, made []claims.Decision) []decision {
	own := make(map[claims.MentionID]bool, len(c.Mentions))
	for i := range c.Mentions {
		own[c.Mentions[i].ID] = true
	}
	undone := map[string]bool{}
	for _, d := range made {
		if d.Kind == claims.DecideUndo {
			undone[d.Undoes] = true
		}
	}
	var out []decision
	for i := len(made) - 1; i >= 0 && len(out) < 20; i-- {
		d := made[i]
		about := d.Claim == c.ID || d.Other == c.ID || slices.ContainsFunc(d.Mentions, func(id claims.MentionID) bool { return own[id] })
		if about && d.Kind != claims.DecideUndo {
			out = append(out, decision{d, undone[d.ID]})
		}
	}
	return out
}

// similar are claims that an editor might take for the same: of one unit and nearly one time, others than those tied to it.
func (s *Server) similar(c *claims.Claim) []claims.Summary {
	if c.Unit.Name == "" {
		return nil
	}
	var out []claims.Summary
	for _, row := range s.Board.First(claims.Filter{Unit: c.Unit.Name}, 60) {
		tied := slices.ContainsFunc(c.Related, func(r claims.Relation) bool { return r.Claim == row.ID })
		if row.ID != c.ID && !tied && (row.Date == c.Date || row.Value.Best.Equal(c.Value.Best)) && len(out) < 5 {
			out = append(out, row)
		}
	}
	return out
}
