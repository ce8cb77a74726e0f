package pipeline

import (
	"testing"
	"time"

	"github.com/robfig/cron/v3"
)

func TestDueSlot(t *testing.T) {
	t.Parallel()
	every, err := cron.ParseStandard("@every 15m")
	if err != nil {
		t.Fatal(err)
	}
	daily, err := cron.ParseStandard("0 6 * * *")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		name      string
		when      cron.Schedule
		last, now string
		slot      string
		due       bool
	}{
		{"never ran", every, "", "2025-05-23T10:00:00Z", "2025-05-23T10:00:00Z", true},
		{"not yet", every, "2025-05-23T10:00:00Z", "2025-05-23T10:05:00Z", "2025-05-23T10:15:00Z", false},
		{"now", every, "2025-05-23T10:00:00Z", "2025-05-23T10:15:00Z", "2025-05-23T10:15:00Z", true},
		{"many missed are made up once, as the newest", every, "2025-05-23T10:00:00Z", "2025-05-23T12:07:00Z", "2025-05-23T12:00:00Z", true},
		{"a daily slot missed for three days", daily, "2025-05-20T06:00:00Z", "2025-05-23T10:00:00Z", "2025-05-23T06:00:00Z", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var last time.Time
			if c.last != "" {
				last = at(c.last)
			}
			slot, due := dueSlot(c.when, last, at(c.now))
			if !slot.Equal(at(c.slot)) || due != c.due {
				t.Errorf("got %s, %v; want %s, %v", slot.Format(time.RFC3339), due, c.slot, c.due)
			}
		})
	}
}

func TestInterval(t *testing.T) {
	t.Parallel()
	for spec, want := range map[string]time.Duration{"@every 15m": 15 * time.Minute, "0 8 * * *": 24 * time.Hour, "0 8,20 * * *": 12 * time.Hour} {
		when, err := cron.ParseStandard(spec)
		if err != nil {
			t.Fatal(err)
		}
		if got := interval(when, time.Date(2025, 5, 23, 8, 0, 0, 0, time.UTC)); got != want {
			t.Errorf("interval(%s) = %v, want %v", spec, got, want)
		}
	}
}
