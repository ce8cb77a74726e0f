package claims

// A Docket is where Update looks up what is kept. A document, claim or key that is not there is no error, but nothing.
type Docket interface {
	// Page returns the mentions of all versions of the page that a document is a version of; those of each version whole
	// and in their order.
	Page(doc DocumentID) ([]Mention, error)
	// Near says where the mentions are that are kept under a key of Bench.Blocks, in ascending order.
	Near(key string) ([]Ref, error)
	// ClaimOf names the claim that holds a mention, "" where none does.
	ClaimOf(m MentionID) (ClaimID, error)
	// Claim returns a claim whole, nil where there is none.
	Claim(id ClaimID) (*Claim, error)
}

// maxSheets is how many pages of ten mentions or so a shelf keeps, about 30 kB each, before it is cleared.
const maxSheets = 15_000

// A shelf keeps what Update has read, for the next time. All of it can be read again.
type shelf struct {
	sheets  map[DocumentID]*sheet // by each of its versions
	rows    map[rowKey][]*frame   // those that are kept under it
	holding map[ClaimID]*holding
}

// A holding is the mentions of a claim, and the groups they make by themselves.
type holding struct {
	frames []*frame // by time
	groups []*group
}

func (s *shelf) clear() {
	*s = shelf{sheets: map[DocumentID]*sheet{}, rows: map[rowKey][]*frame{}, holding: map[ClaimID]*holding{}}
}

// Forget lets go of all that Update has read: what is kept was changed by others, or could not be written.
func (b *Bench) Forget() { b.shelf.clear() }

// A reader looks things up on the shelf and, where they are not there, in the docket. After an error it finds nothing more.
type reader struct {
	*Bench
	docket  Docket
	decided *decided
	doubted map[*frame]bool // mentions whose origins may be other than those that their claims were kept with
	full    []*sheet        // those with texts
	err     error
}

// sheet is the page that a document is a version of; an empty one where there is none.
func (r *reader) sheet(doc DocumentID) *sheet {
	if s := r.shelf.sheets[doc]; s != nil {
		return s
	}
	var mentions []Mention
	if r.err == nil {
		mentions, r.err = r.docket.Page(doc)
	}
	s := newSheet(r.cast, mentions, r.settings.Widths)
	s.slimDown()
	r.shelf.sheets[doc] = s
	for version := range s.docs {
		if old := r.shelf.sheets[version]; old != nil && old != s { // the page as it was before this document
			r.unrow(old)
		}
		r.shelf.sheets[version] = s
	}
	return s
}

// whole is the page that a document is a version of, with its texts; they stay until tidy.
func (r *reader) whole(doc DocumentID) *sheet {
	s := r.sheet(doc)
	if !s.slim || len(s.frames) == 0 || r.err != nil {
		return s
	}
	var mentions []Mention
	if mentions, r.err = r.docket.Page(doc); r.err == nil {
		s.fillOut(mentions)
		r.full = append(r.full, s)
	}
	return s
}

// tidy lets go of the texts that whole has read.
func (r *reader) tidy() {
	for _, s := range r.full {
		s.slimDown()
	}
	r.full = nil
}

// drop forgets a page and every row that one of its mentions is in.
func (r *reader) drop(doc DocumentID) {
	s := r.shelf.sheets[doc]
	if s == nil {
		return
	}
	r.unrow(s)
	for version := range s.docs {
		delete(r.shelf.sheets, version)
	}
	delete(r.shelf.sheets, doc)
}

// unrow forgets every row that a page's mentions are in.
func (r *reader) unrow(s *sheet) {
	for _, f := range s.frames {
		for _, row := range f.rows() {
			delete(r.shelf.rows, row)
		}
	}
}

// row is the mentions that are kept under a key and stand.
func (r *reader) row(key rowKey) []*frame {
	list, ok := r.shelf.rows[key]
	if ok || r.err != nil {
		return list
	}
	var refs []Ref
	refs, r.err = r.docket.Near(key.String())
	for _, ref := range refs {
		if doc := r.sheet(ref.Document).docs[ref.Document]; ref.Ord < len(doc) && doc[ref.Ord] != nil {
			list = append(list, doc[ref.Ord])
		}
	}
	r.shelf.rows[key] = list
	return list
}

// near is the mentions that share one of some keys, each once.
func (r *reader) near(keys []blockKey) []*frame {
	var out []*frame
	asked, seen := map[rowKey]bool{}, map[*frame]bool{}
	for _, k := range keys {
		for _, row := range k.asked() {
			if asked[row] {
				continue
			}
			asked[row] = true
			for _, f := range r.row(row) {
				if !seen[f] {
					seen[f] = true
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// resolve finds whose words a mention repeats.
func (r *reader) resolve(f *frame) {
	if f.resolved {
		return
	}
	f.resolved, f.who, f.repeated = true, f.base, ""
	if !f.copies() {
		return
	}
	var from *frame
	for _, g := range r.sameFigure(f) {
		if g.origins(f) && (from == nil || before(g, from)) {
			from = g
		}
	}
	if from == nil {
		return
	}
	r.resolve(from)
	f.repeats(from)
}

// holder is the claim that holds a mention, "" where it has not been judged.
func (r *reader) holder(f *frame) ClaimID {
	if f.holder == "" && r.err == nil {
		f.holder, r.err = r.docket.ClaimOf(f.m.ID)
	}
	return f.holder
}

// hold is a claim with its mentions; nil where there is none.
func (r *reader) hold(id ClaimID) *holding {
	if h := r.shelf.holding[id]; h != nil || r.err != nil {
		return h
	}
	var c *Claim
	if c, r.err = r.docket.Claim(id); c == nil {
		return nil
	}
	h := &holding{}
	kept := map[MentionID]*keptMention{}
	for i := range c.Mentions {
		m := &c.Mentions[i]
		for _, f := range r.sheet(m.Document).docs[m.Document] {
			if f != nil && f.m.ID == m.ID {
				f.holder = id
				h.frames = append(h.frames, f)
				kept[m.ID] = &keptMention{f, m}
			}
		}
	}
	for _, f := range h.frames {
		r.trust(kept, f.m.ID)
	}
	if r.err != nil {
		return nil
	}
	h.groups = groupsOf(byFigure(h.frames), r.decided)
	r.shelf.holding[id] = h
	return h
}

// A keptMention is a mention of a kept claim, read anew and as it was kept.
type keptMention struct {
	*frame
	kept *Mention
}

// trust takes whose words a mention repeats from the claim it was kept with, as far as nothing has changed about that.
func (r *reader) trust(of map[MentionID]*keptMention, id MentionID) {
	k := of[id]
	switch {
	case k.resolved:
	case r.doubted[k.frame], k.kept.Repeats != "" && of[k.kept.Repeats] == nil:
		r.resolve(k.frame)
	default:
		k.resolved, k.who, k.repeated = true, k.base, ""
		if from := k.kept.Repeats; from != "" {
			r.trust(of, from)
			k.repeats(of[from].frame)
		}
	}
}
