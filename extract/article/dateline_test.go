package article

import (
	"testing"
	"time"
)

func TestDatelineStamp(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"Published 4 June 2024": "2024-06-04",
		"Last updated: 6 June 2024, 10:00. Published: 4 June 2024, 09:00":    "2024-06-04",
		"Letzte Änderung: 06.06.2024 - 14:49:39 Erschienen am: 04.06.2024":   "2024-06-04",
		"Оновлено 6 червня 2024, опубліковано 4 червня 2024":                 "2024-06-04",
		"mira, registered: 18.09.2008, 05:56":                                "",
		"Updated 6 June 2024":                                                "",
		"Offer valid until 30 June 2024":                                     "",
		"The store, whose members joined long ago. 4 June 2024, Port Averin": "2024-06-04",
	} {
		got := ""
		if st := datelineStamp(line, false); !st.time.IsZero() {
			got = st.time.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("datelineStamp(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestVisibleDates(t *testing.T) {
	t.Parallel()
	const filler = "<p>The council met in the old hall and spoke for hours about the bridge, the ferry and the road to the upper valley.</p>"
	for name, c := range map[string]struct{ top, want string }{
		"a date that begins a paragraph":  {`<p>04.06.2024 "The bridge will hold," the mayor of the lower town said at the weekly meeting of the council in the hall, where many people had come.</p>`, "2024-06-04"},
		"a date in running text":          {`<p>The bridge has been closed since 04.06.2024, the mayor of the lower town said at the weekly meeting of the council in the hall, where many people had come to hear him.</p>`, ""},
		"change before publication":       {`<p>Changed and last edited: 06.06.2024<br>Published on: 04.06.2024</p>`, "2024-06-04"},
		"only the writer's date of entry": {`<p>Registered: 18.09.2008</p>`, ""},
	} {
		page := "<html><body><main><h1>The bridge will hold, says the mayor</h1>" + c.top + filler + filler + filler + "</main></body></html>"
		doc, err := Read(Input{URL: "https://paper.example/bridge", ContentType: "text/html", Body: []byte(page)})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := ""
		if !doc.Published.IsZero() {
			got = doc.Published.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%s: published %q, want %q", name, got, c.want)
		}
	}
}
