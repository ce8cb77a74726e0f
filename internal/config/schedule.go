package config

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// ParseSchedule reads a schedule of config.yaml: a cron expression of five fields (minute, hour, day of
// month, month, day of week), "@hourly", "@daily" and the like, or "@every 15m". Times are UTC unless
// the expression begins with "CRON_TZ=Zone ".
func ParseSchedule(text string) (_ cron.Schedule, err error) {
	// robfig/cron v3.0.1 slices out of range where nothing follows the zone.
	if (strings.HasPrefix(text, "TZ=") || strings.HasPrefix(text, "CRON_TZ=")) && !strings.Contains(text, " ") {
		return nil, errors.New(`a zone alone is no schedule; write "CRON_TZ=Europe/Kyiv 0 * * * *"`)
	}
	if every, ok := strings.CutPrefix(text, "@every "); ok {
		d, err := parseDuration(every)
		if err != nil {
			return nil, err
		}
		if d < time.Second {
			return nil, fmt.Errorf("%q is too often; the least is @every 1s", text)
		}
	}
	spec := text
	if !strings.HasPrefix(text, "TZ=") && !strings.HasPrefix(text, "CRON_TZ=") && !strings.HasPrefix(text, "@every") {
		spec = "CRON_TZ=UTC " + text
	}
	s, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf(`%q is no schedule (%s); write "@every 15m", "@hourly" or five cron fields such as "*/15 * * * *"`, text, cronCause(err))
	}
	return s, nil
}

// cronCause is the parser's complaint without the expression, which the caller names already.
func cronCause(err error) string {
	cause, _, _ := strings.Cut(err.Error(), ": [")
	cause = strings.TrimSuffix(cause, ": CRON_TZ=UTC")
	cause, _, _ = strings.Cut(cause, ", found")
	return cause
}
