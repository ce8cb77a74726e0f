package claims

import "time"

// A ClaimID is "c_" and 16 hex digits.
type ClaimID string

// A Status is what the sources together make of a claim.
type Status string

// The three statuses.
const (
	Verified   Status = "verified"
	Disputed   Status = "disputed"
	Unverified Status = "unverified"
)

// A Lifecycle says whether anybody still stands by a claim.
type Lifecycle string

// The lifecycles of the contract.
const (
	Current   Lifecycle = "current"
	Withdrawn Lifecycle = "withdrawn"
)

// A Claim is what all mentions of one countable fact say together. The JSON names are fixed by the
// contract.
type Claim struct {
	ID          ClaimID    `json:"id"`
	Statement   string     `json:"statement"`
	Status      Status     `json:"status"`
	Confidence  Number     `json:"confidence"` // 0 to 1, two decimals; orders claims of one status, never sets it
	Lifecycle   Lifecycle  `json:"lifecycle"`
	Reasons     []string   `json:"reasons"`
	Settle      []string   `json:"settle,omitempty"` // what would settle an open claim, in words
	Value       Value      `json:"value"`
	Unit        Unit       `json:"unit"`
	Measure     string     `json:"measure"`
	Scope       Scope      `json:"scope"`
	Basis       Basis      `json:"basis,omitempty"`
	Date        Period     `json:"date"`
	Place       string     `json:"place"`
	Parties     []string   `json:"parties"`
	Topics      []string   `json:"topics"`
	FirstSeen   time.Time  `json:"first_seen"`
	LastChanged time.Time  `json:"last_changed"`
	Voices      int        `json:"voices"`
	Supporting  []SourceID `json:"supporting"`
	Disputing   []SourceID `json:"disputing"`
	Origins     []Voice    `json:"origins,omitempty"`
	Related     []Relation `json:"related,omitempty"`
	Mentions    []Mention  `json:"mentions,omitempty"`
	History     []Change   `json:"history,omitempty"`
	Review      *Review    `json:"review"`
}

// A Voice is one independent speaker on a claim: origins that may not count twice.
type Voice struct {
	Name     string     `json:"name"`
	Class    Class      `json:"class,omitempty"`
	Party    string     `json:"party,omitempty"`
	Counts   bool       `json:"counts"`   // false: heard and shown, neither verifies nor disputes
	Stake    bool       `json:"stake"`    // speaks for a side
	Value    Value      `json:"value"`    // what it says now
	Stance   Stance     `json:"stance"`   // of its latest word
	Carriers []SourceID `json:"carriers"` // who printed it, sorted
}

// A Relation ties a claim to another.
type Relation struct {
	Claim ClaimID `json:"claim"`
	As    string  `json:"as"` // part, whole, instalment, plan, fact: what the other claim is to this one
}

// A ChangeKind is a kind of change of verdicts.md 4.
type ChangeKind string

// The kinds of change of the contract.
const (
	First      ChangeKind = "first"
	Repeat     ChangeKind = "repeat"
	Update     ChangeKind = "update"
	Revision   ChangeKind = "revision"
	Correction ChangeKind = "correction"
	Dispute    ChangeKind = "dispute"
	Resolved   ChangeKind = "resolved"
	Withdrawal ChangeKind = "withdrawn"
	Reviewed   ChangeKind = "review"
)

// A Change is one entry of a claim's history. History only grows.
type Change struct {
	At       time.Time  `json:"at"`
	Kind     ChangeKind `json:"kind"`
	Status   Status     `json:"status"`
	Previous Status     `json:"previous"`
	Value    Value      `json:"value"`
	Reasons  []string   `json:"reasons"`
	Mention  MentionID  `json:"mention,omitempty"`
}

// A Review is an editor's word, which stands beside the machine's status.
type Review struct {
	Status Status    `json:"status"`
	Note   string    `json:"note"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// A Topic is something the newsroom watches.
type Topic struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Terms []string `json:"terms"`
}
