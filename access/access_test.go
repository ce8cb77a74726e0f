package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tallywire/claims"
	"tallywire/store/memstore"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// recorder keeps all that is written, as a dump of a store would show it.
type recorder struct {
	Settings
	mu  sync.Mutex
	all strings.Builder
}

func (r *recorder) PutSetting(ctx context.Context, name, value string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(&r.all, "%s=%s\n", name, value)
	return r.Settings.PutSetting(ctx, name, value)
}

func TestTokenLife(t *testing.T) {
	t.Parallel()
	now := noon
	disk := &recorder{Settings: memstore.New()}
	tokens := NewTokens(disk, func() time.Time { return now })
	made, secret, err := tokens.Create(t.Context(), "desk", Review, 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tokens.Check(t.Context(), secret)
	if err != nil || got.ID != made.ID || got.Scope != Review || !got.Used.Equal(noon) {
		t.Errorf("Check = %+v, %v", got, err)
	}
	if strings.Contains(disk.all.String(), secret) || strings.Contains(disk.all.String(), secret[len(tokenPrefix):]) {
		t.Error("the store holds the token itself")
	}
	for name, bad := range map[string]string{"": "", "short": "tlw_x", "other": tokenPrefix + strings.Repeat("A", 43), "no prefix": secret[4:], "cut": secret[:len(secret)-1], "tail": secret + "A"} {
		if _, err := tokens.Check(t.Context(), bad); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: %v, want ErrUnknown", name, err)
		}
	}
	now = noon.Add(24 * time.Hour)
	if _, err := tokens.Check(t.Context(), secret); !errors.Is(err, ErrUnknown) {
		t.Errorf("at its end: %v", err)
	}
	now = noon.Add(30 * time.Minute) // within the hour of its last use, when nothing else looks at it again
	if _, err := tokens.Revoke(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := tokens.Check(t.Context(), secret); !errors.Is(err, ErrUnknown) {
		t.Errorf("revoked: %v", err)
	}
	again := NewTokens(disk, func() time.Time { return now }) // another process
	if list, err := again.List(t.Context()); err != nil || len(list) != 1 || list[0].Revoked.IsZero() {
		t.Errorf("List = %+v, %v", list, err)
	}
	if _, err := tokens.Revoke(t.Context(), "t_none"); !errors.Is(err, claims.ErrNotFound) {
		t.Errorf("revoke of none: %v", err)
	}
	if _, _, err := tokens.Create(t.Context(), "x", "root", 0); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("scope root: %v", err)
	}
	if _, _, err := tokens.Create(t.Context(), " \n", Read, 0); !errors.Is(err, claims.ErrInvalid) {
		t.Errorf("no name: %v", err)
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	for i, s := range Scopes {
		for j, need := range Scopes {
			if s.Allows(need) != (i >= j) {
				t.Errorf("%s allows %s: %v", s, need, s.Allows(need))
			}
		}
	}
	if Scope("").Allows("") || Scope("x").Allows(Read) || Admin.Allows("x") {
		t.Error("a scope that is none allows something")
	}
}

func filled(t *testing.T, n int) (*memstore.Store, *Log, Head) {
	t.Helper()
	s := memstore.New()
	l := NewLog(s, func() time.Time { return noon })
	for i := range n {
		if _, err := l.Append(t.Context(), Entry{Who: "desk", What: "review", Object: fmt.Sprintf("c_%d", i), After: "verified", Reason: "two\nlines"}); err != nil {
			t.Fatal(err)
		}
	}
	head, wrong, err := l.Verify(t.Context(), Head{})
	if err != nil || len(wrong) > 0 || head.Seq != uint64(n) {
		t.Fatalf("a log of %d: %+v, %q, %v", n, head, wrong, err)
	}
	return s, l, head
}

// TestTampering changes a log in every way that a chain can show; what it cannot show alone, an anchor does.
func TestTampering(t *testing.T) {
	t.Parallel()
	put := func(s *memstore.Store, name, value string) {
		if err := s.PutSetting(context.Background(), name, value); err != nil {
			panic(err)
		}
	}
	at := func(s *memstore.Store, seq uint64) string {
		v, err := s.Setting(context.Background(), entryName(seq))
		if err != nil {
			panic(err)
		}
		return v
	}
	for name, test := range map[string]struct {
		tamper func(*memstore.Store)
		want   string
		anchor bool
	}{
		"edit":    {func(s *memstore.Store) { put(s, entryName(3), strings.Replace(at(s, 3), "verified", "disputed", 1)) }, "entry 3 was changed", false},
		"field":   {func(s *memstore.Store) { put(s, entryName(3), strings.Replace(at(s, 3), "{", `{"x":1,`, 1)) }, "entry 3 is missing", false},
		"delete":  {func(s *memstore.Store) { put(s, entryName(3), "") }, "entry 3 is missing", false},
		"reorder": {func(s *memstore.Store) { a, b := at(s, 2), at(s, 3); put(s, entryName(2), b); put(s, entryName(3), a) }, "entry 3 stands in the place of 2", false},
		"cut tail": {func(s *memstore.Store) {
			put(s, entryName(5), "")
			put(s, auditHead, Head{4, hashOf(at(s, 4))}.String())
		}, "the log ends at entry 4; entry 5 was known", true},
		"written anew": {func(s *memstore.Store) {
			for i := uint64(1); i <= 5; i++ {
				put(s, entryName(i), "")
			}
			put(s, auditHead, "")
			l := NewLog(s, func() time.Time { return noon })
			for range 5 {
				if _, err := l.Append(context.Background(), Entry{Who: "nobody", What: "nothing"}); err != nil {
					panic(err)
				}
			}
		}, "entry 5 is not the one that was known", true},
	} {
		s, l, head := filled(t, 5)
		test.tamper(s)
		_, alone, err := l.Verify(t.Context(), Head{})
		if err != nil {
			t.Fatal(err)
		}
		_, anchored, err := l.Verify(t.Context(), head)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(anchored, "\n"), test.want) {
			t.Errorf("%s: %q; want %q", name, anchored, test.want)
		}
		if found := len(alone) > 0; found == test.anchor {
			t.Errorf("%s: found without an anchor: %v: %q", name, found, alone)
		}
	}
}

func hashOf(entry string) string {
	_, rest, _ := strings.Cut(entry, `"hash":"`)
	sum, _, _ := strings.Cut(rest, `"`)
	return sum
}

// TestCutShort goes on where a process ended between an entry and the new head.
func TestCutShort(t *testing.T) {
	t.Parallel()
	s, l, head := filled(t, 2)
	e, err := l.Append(t.Context(), Entry{Who: "desk", What: "review"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutSetting(t.Context(), auditHead, head.String()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), Entry{Who: "desk", What: "next"}); err != nil {
		t.Fatal(err)
	}
	end, wrong, err := l.Verify(t.Context(), Head{e.Seq, e.Hash})
	if err != nil || len(wrong) > 0 || end.Seq != 4 {
		t.Errorf("%+v, %q, %v", end, wrong, err)
	}
}

func TestConcurrentAppends(t *testing.T) {
	t.Parallel()
	_, l, _ := filled(t, 0)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { _, _ = l.Append(context.Background(), Entry{Who: "desk", What: "review"}) })
	}
	wg.Wait()
	if head, wrong, err := l.Verify(t.Context(), Head{}); err != nil || len(wrong) > 0 || head.Seq != 50 {
		t.Errorf("%+v, %q, %v", head, wrong, err)
	}
}
