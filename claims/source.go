package claims

// A SourceID is a source's `id` in config.yaml: unique, [a-z0-9-].
type SourceID string

// A Class says what kind of speaker a source is, and so what its word alone weighs (verdicts.md 2).
type Class string

// The classes of config.yaml.
const (
	ClassOutlet   Class = "outlet"
	ClassWire     Class = "wire"
	ClassOfficial Class = "official"
	ClassParty    Class = "party"
	ClassNGO      Class = "ngo"
	ClassSocial   Class = "social"
)

// Classes lists them in the order in which help texts name them.
var Classes = []Class{ClassOutlet, ClassWire, ClassOfficial, ClassParty, ClassNGO, ClassSocial}

// A Source is somebody whose articles or posts are read, as far as the judge needs to know them.
type Source struct {
	ID       SourceID `json:"id"`
	Name     string   `json:"name"`
	Class    Class    `json:"class"`
	Owner    string   `json:"owner,omitempty"`    // outlets of one owner are one voice; "" if unknown
	Party    string   `json:"party,omitempty"`    // the side it speaks for, e.g. "Ukraine"; "" for none
	Register bool     `json:"register,omitempty"` // the body that keeps the count itself (rule V4)
	Language string   `json:"language,omitempty"` // BCP 47; "" if unknown
	Social   bool     `json:"social,omitempty"`   // read from a social platform, whatever its class
	Account  string   `json:"account,omitempty"`  // the account's name on that platform
}
