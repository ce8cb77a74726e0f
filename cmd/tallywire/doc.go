// Command tallywire tracks the numbers in the news: who says so, how many really independent voices,
// what changed, may I print it.
//
// A tour of the code, in the direction in which data flows:
//
//	crawler    fetches doors, articles and posts politely
//	archive    keeps what was fetched as WARC files
//	extract    reads the article of a page and the mentions in its text
//	store      keeps documents, mentions and claims
//	claims     groups mentions into claims and judges them; the terms of all
//	pipeline   joins the stages
//	report     writes claims as files
//	server     shows them
//
// This folder holds the wiring, one file a subcommand. Start with main.go, root.go and env.go.
package main
