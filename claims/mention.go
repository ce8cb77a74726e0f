package claims

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// A MentionID is "m_" and 20 hex digits of SHA-256 over document, span and rule.
type MentionID string

// A Mention is one number in one Document, with everything its text says about it. The JSON names are
// fixed by the contract; fields past it serve the judge.
type Mention struct {
	ID       MentionID  `json:"id"`
	Text     string     `json:"text"`     // the whole phrase with its bound words and noun: "at least eight hours"
	Sentence string     `json:"sentence"` // as in the document
	Start    int        `json:"start"`    // Unicode code points into the text given to the extractor
	End      int        `json:"end"`      // exclusive
	Value    Value      `json:"value"`
	Falling  bool       `json:"falling,omitempty"` // a range named downwards: "from 36 to 34"
	Compare  Comparator `json:"comparator"`
	Approx   bool       `json:"approximate"`
	Change   string     `json:"change"` // "up" or "down" where the figure is a movement, else ""
	Unit     Unit       `json:"unit"`
	Measure  string     `json:"measure"` // what is measured, in words: "captives released"
	Scope    Scope      `json:"scope"`
	Concept  []string   `json:"concept"`
	// Predicate is the lemma, in the text's language, of what was done to or by the counted thing.
	Predicate     string      `json:"predicate"`
	PredicateSpan *Span       `json:"predicate_span,omitempty"`
	Modality      Modality    `json:"modality"`
	Negated       bool        `json:"negated"`
	Checkworthy   bool        `json:"checkworthy"`
	Date          Period      `json:"date"`
	Place         string      `json:"place"`
	Parties       []string    `json:"parties"`
	Attribution   Attribution `json:"attribution"`

	// What the judge needs besides.

	DeniedBy  *Attribution `json:"denied_by,omitempty"` // who denies it in the same breath: "three depots, which the army denies"; nil for nobody
	Lang      string       `json:"lang,omitempty"`      // language the sentence was read in: "en", "uk", ...
	Head      string       `json:"head,omitempty"`      // lemma of the counted noun alone: "captive"; "" where the text gives none
	Modifiers []string     `json:"modifiers,omitempty"` // lemmas that narrow the head: adjectives, "of ..." nouns, in text order
	Subject   string       `json:"subject,omitempty"`   // noun phrase that the figure is said of, where it is not the counted noun: "turnout", "the Coast Party"
	Agent     string       `json:"agent,omitempty"`     // who does it: "Ukraine", "each side"
	Names     []string     `json:"names,omitempty"`     // proper names in the sentence, as written, in text order
	Basis     Basis        `json:"basis,omitempty"`
	Dated     bool         `json:"dated,omitempty"`     // Date is what the text says, not the publication day
	Part      PartKind     `json:"part,omitempty"`      // where in the document it stands
	Paragraph int          `json:"paragraph,omitempty"` // index of the block; the title is -1
	Precision int          `json:"precision,omitempty"` // power of ten of the last digit written: "1,000" 3, "1,027" 0, "48.2" -1
	Unsure    bool         `json:"unsure,omitempty"`    // its own source calls it unconfirmed (rule U5)
	Rivals    bool         `json:"rivals,omitempty"`    // the text sets it beside another figure as a rival count (rule D1)
	Derived   bool         `json:"derived,omitempty"`   // worked out, not said
	Rule      string       `json:"rule,omitempty"`      // extractor rule and version that found it: "count/3"

	// Filled in when the mention's document is known.

	Document  DocumentID `json:"document,omitempty"`
	URL       string     `json:"url,omitempty"`
	Source    SourceID   `json:"source,omitempty"`
	Class     Class      `json:"source_class,omitempty"`
	Title     string     `json:"title,omitempty"`
	Published time.Time  `json:"published,omitzero"` // of the document, or of the live-blog entry that holds it
	Retrieved time.Time  `json:"retrieved,omitzero"`
	Archive   *Archive   `json:"archive,omitempty"`
	// Withdrawn is when the post that says it was found to be taken down; zero while it stands. UTC.
	Withdrawn time.Time `json:"withdrawn,omitzero"`

	// Filled in by the judge.

	Stance Stance `json:"stance,omitempty"`
	Origin string `json:"origin,omitempty"` // mentions with one origin are one voice
	// Repeats is the mention of another source whose sentence this one repeats nearly word for word; "" where it is its own.
	Repeats MentionID `json:"repeats,omitempty"`
}

// language is the one that a mention was read in, English where that is not known.
func (m *Mention) language() string { return cmp.Or(m.Lang, "en") }

// A Span is a half-open range of Unicode code points; its JSON form is [start, end].
type Span [2]int

// A Comparator says how the figure bounds the truth.
type Comparator string

// The comparators of the contract.
const (
	Equal   Comparator = "="
	Above   Comparator = ">"
	Below   Comparator = "<"
	AtLeast Comparator = ">="
	AtMost  Comparator = "<="
	Range   Comparator = "range"
)

// A Unit is what a figure counts or measures in. Class is one of the Unit classes; Name is the counted
// thing in the singular ("captive"), the unit ("kilometre"), an ISO 4217 code ("USD"), or "".
type Unit struct {
	Class UnitClass `json:"class"`
	Name  string    `json:"name"`
}

// A UnitClass is the kind of a Unit.
type UnitClass string

// The unit classes of the contract.
const (
	UnitCount       UnitClass = "count"
	UnitPercent     UnitClass = "percent"
	UnitCurrency    UnitClass = "currency"
	UnitLength      UnitClass = "length"
	UnitArea        UnitClass = "area"
	UnitMass        UnitClass = "mass"
	UnitVolume      UnitClass = "volume"
	UnitTemperature UnitClass = "temperature"
	UnitSpeed       UnitClass = "speed"
	UnitEnergy      UnitClass = "energy"
	UnitPower       UnitClass = "power"
	UnitData        UnitClass = "data"
	UnitDuration    UnitClass = "duration"
	UnitAge         UnitClass = "age"
	UnitRatio       UnitClass = "ratio"
	UnitOrdinal     UnitClass = "ordinal"
	UnitDate        UnitClass = "date"
	UnitOther       UnitClass = "other"
)

// A Scope narrows or widens what the figure covers.
type Scope string

// The scopes of the contract.
const (
	ScopeNone       Scope = ""
	ScopePerSide    Scope = "per_side"
	ScopeTotal      Scope = "total"
	ScopeDaily      Scope = "daily"
	ScopeCumulative Scope = "cumulative"
	ScopePart       Scope = "part"
)

// A Basis is the time basis of a figure (verdicts.md 1). Different bases are different claims.
type Basis string

// The time bases.
const (
	BasisPeriod  Basis = "period"  // of a day or period: 390 released on 23 May
	BasisRunning Basis = "running" // a count that only grows: the death toll so far
	BasisStock   Basis = "stock"   // what there is at a time: holds about 400
	BasisPlan    Basis = "plan"    // agreed, planned, offered
)

// A Modality says how firmly the text puts the figure.
type Modality string

// The modalities of the contract.
const (
	Asserted Modality = "asserted"
	Hedged   Modality = "hedged"
	Planned  Modality = "planned"
	Possible Modality = "possible"
	Denied   Modality = "denied"
)

// A PartKind is the part of the document that a mention stands in.
type PartKind string

// The parts; "" is the body.
const (
	PartBody    PartKind = ""
	PartTitle   PartKind = "title"
	PartHeading PartKind = "heading"
	PartCaption PartKind = "caption"
	PartList    PartKind = "list"
	PartTable   PartKind = "table"
	PartQuote   PartKind = "quote"
)

// An Attribution is whom the text names as the figure's source. All fields are "" where the outlet
// speaks in its own voice.
type Attribution struct {
	Text         string     `json:"text"` // as the text words it
	Speaker      string     `json:"speaker"`
	Organisation string     `json:"organisation"`
	Party        string     `json:"party"`
	Medium       string     `json:"medium"`         // through whom it came: "AP" in "AP quoted the ministry as saying", "Telegram"
	Kind         OriginKind `json:"kind,omitempty"` // "" for the outlet's own voice
}

// An OriginKind says what sort of source an Attribution names.
type OriginKind string

// The kinds of origin; "" is the outlet's own voice.
const (
	OriginNamed   OriginKind = "named"   // a person, office or body that can be told from others
	OriginUnnamed OriginKind = "unnamed" // "officials", "sources", "reportedly", "witnesses"
	OriginSocial  OriginKind = "social"  // "posts on X", "Telegram channels"
	OriginSelf    OriginKind = "self"    // "our reporter", "the agency saw": the outlet itself
)

// A Period is a range of whole days, both included, in UTC unless the text says where. Both ends are
// "YYYY-MM-DD"; "" is open or unknown.
type Period struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// A Stance says what a mention does to its claim.
type Stance string

// The stances of the contract.
const (
	Supports Stance = "supports"
	Disputes Stance = "disputes"
	Outdated Stance = "outdated"
	Context  Stance = "context"
)

// A Ref says where a mention is kept: in which document version, and which of its mentions it is, from 0.
type Ref struct {
	Document DocumentID
	Ord      int
}

// Compare orders by document, then place.
func (r Ref) Compare(o Ref) int {
	return cmp.Or(strings.Compare(string(r.Document), string(o.Document)), cmp.Compare(r.Ord, o.Ord))
}

// NewMentionID names a mention, so that extracting twice adds nothing.
func NewMentionID(doc DocumentID, start, end int, rule string) MentionID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d\x00%s", doc, start, end, rule))
	return MentionID("m_" + hex.EncodeToString(sum[:])[:20])
}
