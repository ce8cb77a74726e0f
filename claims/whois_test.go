package claims

import "testing"

// TestWhoIs finds who words for a source mean among the configured ones.
func TestWhoIs(t *testing.T) {
	dispute := []Source{
		{ID: "rail", Name: "Ostra Railways", Class: ClassParty, Party: "Ostra Railways"},
		{ID: "drivers", Name: "Drivers' Union", Class: ClassParty, Party: "Drivers' Union"},
		{ID: "city", Name: "City of Ostra", Class: ClassOfficial},
		{ID: "guard", Name: "Ostra Mountain Guard", Class: ClassOfficial},
		{ID: "post", Name: "Harbor Post", Class: ClassOutlet},
	}
	unions := append([]Source{{ID: "fitters", Name: "Fitters' Union", Class: ClassParty, Party: "Fitters' Union"}}, dispute...)
	state := []Source{
		{ID: "health", Name: "Ministry of Health", Class: ClassParty, Party: "Government"},
		{ID: "post", Name: "Harbor Post", Class: ClassOutlet},
	}
	war := []Source{
		{ID: "north", Name: "Northern Defence Ministry", Class: ClassParty, Party: "North"},
		{ID: "south", Name: "Southern General Staff", Class: ClassParty, Party: "South"},
		{ID: "post", Name: "Harbor Post", Class: ClassOutlet},
	}
	police := []Source{
		{ID: "police", Name: "Ostra Police", Class: ClassParty, Party: "Police"},
		{ID: "post", Name: "Harbor Post", Class: ClassOutlet},
	}
	for _, c := range []struct {
		name    string
		sources []Source
		said    string
		voice   string
		stake   bool
	}{
		{"a role that one side has", dispute, "la direction", "party:Ostra Railways", true},
		{"who runs the firm", dispute, "die Werksleitung", "party:Ostra Railways", true},
		{"who speaks for the union", dispute, "union leaders", "party:Drivers' Union", true},
		{"a case of the union's word", dispute, "профспілці", "party:Drivers' Union", true},
		{"a place in a side's name is another source's too", dispute, "the City of Ostra", "source:city", false},
		{"an office with the place in its name", dispute, "the Ostra Mountain Guard", "source:guard", false},
		{"the side by its whole name", dispute, "Ostra Railways", "party:Ostra Railways", true},
		{"one of two unions, not told which", unions, "the union", "who:union", true},
		{"another ministry of the only state", state, "the Interior Ministry", "party:Government", true},
		{"a ministry of either side of a war", war, "the ministry", "party:North", true},
		{"a named ministry of neither", war, "the Interior Ministry", "who:interior ministry", false},
		{"a paper's own tally, told with its name", dispute, "un recuento de Harbor Post", "source:post", false},
		{"the union of police officers is not the police, though on a side", police, "the police union", "who:police union", true},
		{"a body of no side", dispute, "the hospital", "who:hospital", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			cast := newCast(Settings{Sources: c.sources})
			post := cast.sources["post"]
			got := cast.whoIs(Attribution{Text: c.said, Kind: OriginNamed}, post, cast.ofSource(post))
			if got.voice != c.voice || got.stake != c.stake {
				t.Errorf("%q is %s, stake %t; want %s, %t", c.said, got.voice, got.stake, c.voice, c.stake)
			}
		})
	}
}
