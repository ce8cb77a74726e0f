package extract_test

import (
	"fmt"
	"time"

	"tallywire/claims"
	"tallywire/extract"
)

func ExampleText() {
	day := time.Date(2025, 6, 11, 9, 0, 0, 0, time.UTC)
	for _, m := range extract.Text("At least 46 people were killed on Monday, the coast guard said.", "en", day) {
		fmt.Println(m.Text, m.Compare, m.Value.Best)
		fmt.Println(m.Head, m.Predicate, m.Date.From, m.Attribution.Text)
	}
	// Output:
	// At least 46 people >= 46
	// person kill 2025-06-09 the coast guard
}

func ExampleMentions() {
	doc := claims.Document{
		URL:       "https://harbor.example/a",
		Lang:      "en",
		Title:     "390 captives freed",
		Text:      "Each side released 390 captives, 270 soldiers and 120 civilians.",
		Published: time.Date(2025, 5, 23, 15, 0, 0, 0, time.UTC),
	}
	for _, m := range extract.Mentions(doc) {
		fmt.Printf("%s | %s %s %q\n", m.Text, m.Head, m.Predicate, m.Part)
	}
	// Output:
	// 390 captives | captive free "title"
	// 390 captives | captive release ""
	// 270 soldiers | soldier release ""
	// 120 civilians | civilian release ""
}

func ExampleHedged() {
	text := "The dam could fail, and engineers want to open the gates."
	for _, s := range extract.Hedged(text, "en") {
		fmt.Println(text[s[0]:s[1]])
	}
	// Output:
	// fail
	// open
}
