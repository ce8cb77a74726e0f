package article

import (
	"errors"

	"tallywire/claims"
)

// Reasons why a page gives no article; a closed list, so that they can be counted.
var (
	ErrNotHTML    = errors.New("not_html")    // the body is no HTML page
	ErrPDF        = errors.New("pdf")         // a PDF file
	ErrUnreadable = errors.New("unreadable")  // broken beyond parsing
	ErrNoText     = errors.New("no_text")     // a page without an article in it
	ErrSoft404    = errors.New("soft_404")    // says that there is no such page, whatever its status
	ErrConsent    = errors.New("consent")     // a consent wall
	ErrPaywall    = errors.New("paywall")     // a stub that asks for payment or registration
	ErrNeedScript = errors.New("need_script") // a page that only scripts fill, or a robot check
)

// Reason is the word that an error of Read is counted under: that of the reason it wraps, else "unreadable".
func Reason(err error) string {
	for _, r := range []error{ErrNotHTML, ErrPDF, ErrNoText, ErrSoft404, ErrConsent, ErrPaywall, ErrNeedScript} {
		if errors.Is(err, r) {
			return r.Error()
		}
	}
	return ErrUnreadable.Error()
}

// refuse tells pages that hold no article from those that do.
func refuse(p *page, doc *claims.Document) error {
	if doc.Text == "" {
		return ErrNoText
	}
	return nil
}
