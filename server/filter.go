package server

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tallywire/claims"
)

// filterOf reads the filter of an address's parameters, the contract's names.
func filterOf(q url.Values) (claims.Filter, error) {
	f := claims.Filter{Words: strings.Fields(q.Get("q")), Status: claims.Status(q.Get("status")), Topic: q.Get("topic"), Source: claims.SourceID(q.Get("source")), Language: q.Get("language"), Unit: q.Get("unit"), Sort: q.Get("sort")}
	for name, at := range map[string]*time.Time{"since": &f.Since, "until": &f.Until} {
		if v := q.Get(name); v != "" {
			t, err := time.Parse(time.RFC3339, v)
			if err != nil {
				if t, err = time.Parse(time.DateOnly, v); err != nil {
					return f, fmt.Errorf("%w: %s %q; want YYYY-MM-DD or RFC 3339", claims.ErrInvalid, name, v)
				}
			}
			*at = t.UTC()
		}
	}
	for name, n := range map[string]*claims.Number{"min": &f.Min, "max": &f.Max} {
		if v := q.Get(name); v != "" {
			var err error
			if *n, err = claims.ParseNumber(v); err != nil {
				return f, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	if v := q.Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return f, fmt.Errorf("%w: limit %q; want a number", claims.ErrInvalid, v)
		}
		f.Limit = n
	}
	return f, f.Validate()
}
