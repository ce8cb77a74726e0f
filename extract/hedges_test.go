package extract_test

import (
	"strings"
	"testing"

	"tallywire/extract"
)

// TestHedged holds which verbs are not put as fact; those of the text that are hedged are listed in text order.
func TestHedged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"The dam may break and flood the valley.", "break flood"},
		{"The dam broke and flooded the valley.", ""},
		{"The council will close two schools.", ""},
		{"She said the company would build 40 flats.", ""},
		{"A second dry winter would empty the lake.", "empty"},
		{"The port agreed with the union to raise wages.", ""},
		{"The port wants to raise wages.", "raise"},
		{"Divers managed to reach the cave.", ""},
		{"The storm forced 300 families to leave.", ""},
		{"It is the first town to ban the cars.", ""},
		{"Nobody knows whether the oil firms will comply.", "comply"},
		{"Do you remember the flood? It came at night.", "remember"},
		{"The neighbours thought he had sold the house.", "sold"},
		{"The board considers selling the yard.", "selling"},
		{"They must start paying.", "start paying"},
		{"The envoy asked for a quick explanation.", "explanation"},
		{"Any firm that wants a stand pays.", "wants"},
		{"We do not often use it.", "use"},
		{"We do not use it.", ""},
		{"Call me tomorrow.", "Call"},
		{"Ми можемо прийти.", ""}, // no list yet
	} {
		var got []string
		text := []rune(c.text)
		for _, s := range extract.Hedged(c.text, "") {
			got = append(got, string(text[s[0]:s[1]]))
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s: got %q, want %q", c.text, g, c.want)
		}
	}
}
