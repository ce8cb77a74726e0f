package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestHasContact(t *testing.T) {
	for agent, want := range map[string]bool{
		"tallywire/1":                                          false,
		"tallywire/1 (newsroom)":                               false,
		"tallywire/1 (+https://example.org/bot)":               false, // the default, which reaches nobody
		"tallywire/1 (bot@desk.example)":                       false,
		"tallywire/1 (+https://)":                              false,
		"tallywire/1 (me@)":                                    false,
		"tallywire/1 (+http://localhost/bot)":                  false,
		"tallywire/1 (+https://harborpost.news/bot)":           true,
		"tallywire/1 (+mailto:crawl@harborpost.news)":          true,
		"tallywire/1 (crawl@harborpost.news; night desk)":      true,
		"tallywire/1 (+https://example.org, a@mail.post.news)": true,
	} {
		if got := hasContact(agent); got != want {
			t.Errorf("hasContact(%q) = %t", agent, got)
		}
	}
}

func TestWarnOfContact(t *testing.T) {
	var log bytes.Buffer
	e := &env{err: &log}
	e.warnOfContact("tallywire/1 (+https://harborpost.news/bot)")
	if log.Len() > 0 {
		t.Errorf("warned of a contact: %s", log.String())
	}
	e.warnOfContact("tallywire/1")
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "level=WARN") || !strings.Contains(got, "crawler.user_agent") {
		t.Errorf("said %q", got)
	}
}

func TestHonestAgent(t *testing.T) {
	for agent, want := range map[string]string{
		"tallywire/1 (+https://example.org/bot)":                "tallywire/1", // the default: nobody there crawls
		"tallywire/1 (bot@desk.example) night desk":             "tallywire/1 night desk",
		"tallywire/1 (newsroom)":                                "tallywire/1 (newsroom)",
		"tallywire/1 (+https://harborpost.news/bot)":            "tallywire/1 (+https://harborpost.news/bot)",
		"tallywire/1 (+https://example.org, a@mail.post.news)":  "tallywire/1 (+https://example.org, a@mail.post.news)",
		"tallywire/1 (+https://harborpost.news/bot) (test run)": "tallywire/1 (+https://harborpost.news/bot) (test run)",
	} {
		if got := honestAgent(agent); got != want {
			t.Errorf("honestAgent(%q) = %q, want %q", agent, got, want)
		}
	}
}
