package claims

import (
	"cmp"
	"slices"
)

// A pair is two items that are alike.
type pair struct{ i, j, like int }

// candidates lists the pairs of n items of which two mentions share a key, in ascending order, each once.
func candidates(n int, keys func(i int) []blockKey) [][2]int {
	type holding struct {
		key     rowKey
		item    int32
		besides besides
	}
	var all []holding
	for i := range n {
		for _, k := range keys(i) {
			for _, key := range k.shared() {
				all = append(all, holding{key, int32(i), k.besides})
			}
		}
	}
	slices.SortFunc(all, func(a, b holding) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.item, b.item))
	})
	partners := make([][]int32, n)
	for len(all) > 0 {
		end := 1
		for end < len(all) && all[end].key == all[0].key {
			end++
		}
		for x, a := range all[:end] {
			for _, b := range all[x+1 : end] {
				if a.item != b.item && a.besides&b.besides == 0 {
					partners[a.item] = append(partners[a.item], b.item)
				}
			}
		}
		all = all[end:]
	}
	var out [][2]int
	for i, list := range partners {
		slices.Sort(list)
		for _, j := range slices.Compact(list) {
			out = append(out, [2]int{i, int(j)})
		}
	}
	return out
}

// agglomerate brings items together by descending likeness (0: never) of the pairs given; a pair of items that is
// forbidden keeps the groups of both apart, whether or not it is among the pairs.
func agglomerate(n int, couples [][2]int, like func(i, j int) int, forbidden func(i, j int) bool) [][]int {
	var pairs []pair
	known := map[[2]int]bool{}
	veto := func(i, j int) bool {
		key := [2]int{min(i, j), max(i, j)}
		v, ok := known[key]
		if !ok {
			v = forbidden(key[0], key[1])
			known[key] = v
		}
		return v
	}
	for _, c := range couples {
		if s := like(c[0], c[1]); s > 0 && !veto(c[0], c[1]) {
			pairs = append(pairs, pair{c[0], c[1], s})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	home := make([]int, n)
	members := make([][]int, n)
	for i := range n {
		home[i], members[i] = i, []int{i}
	}
	for _, p := range pairs {
		a, b := home[p.i], home[p.j]
		if a == b {
			continue
		}
		ok := true
		for _, x := range members[a] {
			for _, y := range members[b] {
				if ok && veto(x, y) {
					ok = false
				}
			}
		}
		if !ok {
			continue
		}
		if b < a {
			a, b = b, a
		}
		for _, y := range members[b] {
			home[y] = a
		}
		members[a] = append(members[a], members[b]...)
		members[b] = nil
	}
	var out [][]int
	for _, m := range members {
		if len(m) > 0 {
			out = append(out, m)
		}
	}
	return out
}
