package article_test

import (
	"errors"
	"fmt"

	"tallywire/extract/article"
)

func ExampleRead() {
	doc, err := article.Read(article.Input{URL: "https://pier.example/a?utm_source=feed", Body: []byte(`<html lang="en">
<head><title>Crane lifted - The Pier</title><meta property="article:published_time" content="2025-03-02T10:15:00+01:00"></head>
<body><nav><a href="/">Home</a></nav><main><h1>Crane lifted</h1><p>The crane of 90 tonnes was lifted out on Sunday.</p></main></body></html>`)})
	fmt.Println(err)
	fmt.Println(doc.URL)
	fmt.Println(doc.Title, doc.Published.Format("2006-01-02 15:04"))
	fmt.Println(doc.Text)
	// Output:
	// <nil>
	// https://pier.example/a
	// Crane lifted 2025-03-02 09:15
	// The crane of 90 tonnes was lifted out on Sunday.
}

func ExampleReason() {
	_, err := article.Read(article.Input{Body: []byte("%PDF-1.7 ...")})
	fmt.Println(article.Reason(err), errors.Is(err, article.ErrPDF))
	// Output: pdf true
}
