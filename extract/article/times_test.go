package article

import (
	"strings"
	"testing"
	"time"
)

// pageWith is a page with an article under a headline; head goes into its head, top between headline and text.
func pageWith(head, top string) string {
	const filler = "<p>The council met in the old hall and spoke for hours about the bridge, the ferry and the road to the upper valley.</p>"
	return "<html><head><title>The bridge will hold, says the mayor</title>" + head + "</head><body><main><h1>The bridge will hold, says the mayor</h1>" +
		top + strings.Repeat(filler, 3) + "</main></body></html>"
}

func TestPublished(t *testing.T) {
	t.Parallel()
	const ld = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge will hold, says the mayor","datePublished":"%P","dateModified":"%M"}</script>`
	linked := func(published, modified string) string {
		return strings.NewReplacer("%P", published, "%M", modified).Replace(ld)
	}
	for name, c := range map[string]struct{ url, head, top, want string }{
		"markup alone": {head: linked("2024-06-04T10:00:00Z", "2024-06-09T10:00:00Z"), want: "2024-06-04T10:00:00Z"},
		"a line that another statement bears out": {head: linked("2024-06-01T10:00:00Z", "2024-06-04T11:00:00Z") + `<meta property="article:published_time" content="2024-06-04T10:30:00Z">`,
			top: `<p>4 June 2024, 12:30</p>`, want: "2024-06-04T10:30:00Z"},
		"a line of the day of the change, not said to be of one": {head: linked("2023-01-10T10:00:00Z", "2024-06-04T11:00:00Z"), top: `<time class="publish-date">4 June 2024</time>`, want: "2024-06-04T11:00:00Z"},
		"a line said to be of the change":                        {head: linked("2024-06-01T10:00:00Z", "2024-06-04T11:00:00Z"), top: `<p>Updated 4 June 2024</p>`, want: "2024-06-01T10:00:00Z"},
		"a line that nothing bears out":                          {head: linked("2024-06-01T10:00:00Z", "2024-06-02T11:00:00Z"), top: `<p>Concert: 12 June 2024</p>`, want: "2024-06-01T10:00:00Z"},
		"an evening of the day before in UTC":                    {head: linked("2024-06-05T00:25:00Z", "2024-06-05T00:25:00Z"), top: `<p>4 June 2024, 20:25</p>`, want: "2024-06-05T00:25:00Z"},
		"a date of no kind against a line with a time of day":    {head: `<meta name="date" content="2024-06-05T11:52:23">`, top: `<p>Stand: 04.06.2024 18:00 Uhr</p>`, want: "2024-06-04T18:00:00Z"},
		"publication stated as the last change":                  {head: linked("2024-06-07T19:08:22+02:00", "2024-06-07T19:08:22+02:00"), top: `<p>4 June 2024, 17:05</p>`, want: "2024-06-04T17:05:00Z"},
		"a date that scripts uncover": {head: linked("2024-06-07T19:08:22+02:00", "2024-06-07T19:08:22+02:00"),
			top: `<time datetime="2024-06-07T19:08:22+02:00" data-plain="NC4gSnVuaSAyMDI0LCAxNzowNSBVaHI=">7. Juni 2024</time>`, want: "2024-06-04T17:05:00Z"},
		"midnight in a zone":                    {head: linked("2024-06-04T00:00:00+02:00", ""), want: "2024-06-04T00:00:00Z"},
		"midnight in a zone turned to UTC":      {head: linked("2024-06-03T22:00:00Z", ""), top: `<p>4 June 2024</p>`, want: "2024-06-04T00:00:00Z"},
		"the same, with the day in the address": {url: "https://paper.example/2024/06/04/bridge", head: linked("2024-06-03T22:00:00.000Z", ""), want: "2024-06-04T00:00:00Z"},
		"ten in the evening":                    {head: linked("2024-06-03T22:00:00Z", ""), top: `<p>3 June 2024</p>`, want: "2024-06-03T22:00:00Z"},
		"a calendar leaf":                       {top: `<div class="date"><span>04</span><span>Jun</span><span>2024</span></div>`, want: "2024-06-04T00:00:00Z"},
		"month and day joined to the year":      {top: `<div class="date">Jun 04<span>2024</span></div>`, want: "2024-06-04T00:00:00Z"},
		"a title attribute":                     {top: `<abbr class="published" title="2024-06-04T10:00:00Z">last week</abbr>`, want: "2024-06-04T10:00:00Z"},
		"a datetime that is none":               {top: `<time datetime="now">4 June 2024</time>`, want: "2024-06-04T00:00:00Z"},
		"state of scripts":                      {head: `<script>window.state={"article":{"publishDate":"2024-06-04T10:00:00Z"}}</script>`, want: "2024-06-04T10:00:00Z"},
		"an attribute for scripts":              {top: `<div data-content-published-date="2024/06/04"></div>`, want: "2024-06-04T00:00:00Z"},
		"JSON-LD that is no JSON": {head: `<script type="application/ld+json">{"@type": "NewsArticle", "headline": 'It's open', "description": "He said "no" twice",
			"datePublished": "2024-06-04T10:00:00Z", }</script>`, want: "2024-06-04T10:00:00Z"},
	} {
		if c.url == "" {
			c.url = "https://paper.example/bridge"
		}
		doc, err := Read(Input{URL: c.url, ContentType: "text/html; charset=utf-8", Body: []byte(pageWith(c.head, c.top))})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := ""
		if !doc.Published.IsZero() {
			got = doc.Published.Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%s: published %q, want %q", name, got, c.want)
		}
	}
}

func TestBrokenObject(t *testing.T) {
	t.Parallel()
	o := brokenObject(`{"@type":"NewsArticle","headline":"A \"safe\" bridge","description":"so "they" say","author":[{"@type":"Person","name":"Mira Lund"}],,"datePublished":"2024-06-04"}`)
	for key, want := range map[string]string{"headline": `A "safe" bridge`, "author": "Mira Lund", "datePublished": "2024-06-04"} {
		if o[key] != want {
			t.Errorf("%s = %q, want %q", key, o[key], want)
		}
	}
	if o := brokenObject(`{"headline":"cut off "here", "datePublished":"2024"}`); o != nil {
		t.Errorf("object without a type: %v", o)
	}
}

// TestLinkedIsBounded: a script of more than maxLinked bytes is passed over, one of as many is read.
func TestLinkedIsBounded(t *testing.T) {
	t.Parallel()
	const frame = `{"@type":"NewsArticle","headline":""}`
	for extra, want := range map[int]bool{0: true, 1: false} {
		script := strings.Replace(frame, `""`, `"`+strings.Repeat("x", maxLinked-len(frame)+extra)+`"`, 1)
		if l := readLinked([]string{script}); l.found != want {
			t.Errorf("%d bytes: found %v, want %v", len(script), l.found, want)
		}
	}
}
