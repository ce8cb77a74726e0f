package claims

import (
	"slices"
	"strings"
)

// unify brings the voices of one claim together that may be one: an office named short in one text and in full in
// another ("its mayor", "Kyiv's mayor"; "the ministry", the Ministry of the Interior). In doubt, one voice.
func unify(frames []*frame) {
	var voices []string
	for _, f := range frames {
		if !slices.Contains(voices, f.who.voice) {
			voices = append(voices, f.who.voice)
		}
	}
	slices.Sort(voices)
	known := map[string]speaker{}
	for _, f := range frames {
		if old, ok := known[f.who.voice]; !ok || f.who.own && !old.own {
			known[f.who.voice] = f.who
		}
	}
	become := map[string]string{}
	for _, v := range voices {
		short, ok := strings.CutPrefix(v, "who:")
		if !ok {
			continue
		}
		words := strings.Fields(short)
		for _, u := range voices {
			if u == v || become[u] == v {
				continue
			}
			if covers(known[u], u, words) {
				become[v] = u
				break
			}
		}
	}
	for _, f := range frames {
		v := f.who.voice
		for range voices {
			u, ok := become[v]
			if !ok {
				break
			}
			v = u
		}
		if v != f.who.voice {
			to := known[v]
			to.own = false
			f.who = to
		}
	}
}

// covers reports whether a voice's name holds every word of a shorter one.
func covers(sp speaker, voice string, words []string) bool {
	have := bag{}
	if long, ok := strings.CutPrefix(voice, "who:"); ok {
		have.add(strings.Fields(long)...)
	} else {
		for _, w := range fold(sp.name) {
			named(w, have, have)
		}
	}
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !have.has(w) })
}
