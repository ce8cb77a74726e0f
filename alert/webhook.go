package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"tallywire/claims"
)

// sendTimeout bounds one try.
const sendTimeout = 15 * time.Second

// Client is an HTTP client for addresses that a person wrote into the configuration. Unless private networks
// are allowed, it dials no loopback, private or reserved address, checked at the moment of dialling as the
// crawler does it. It follows no redirect and no proxy: either would lead past the guard.
func Client(allowPrivateNetworks bool) *http.Client {
	dialer := &net.Dialer{Timeout: sendTimeout}
	if !allowPrivateNetworks {
		dialer.Control = ssrf.New(ssrf.WithAnyPort()).Safe
	}
	return &http.Client{
		Timeout:       sendTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{Proxy: nil, DialContext: dialer.DialContext, TLSHandshakeTimeout: sendTimeout, ResponseHeaderTimeout: sendTimeout,
			MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true, IdleConnTimeout: time.Minute},
	}
}

// A Webhook sends events as JSON, signed as Standard Webhooks has it: the headers webhook-id, webhook-timestamp
// and webhook-signature. A receiver that keeps the IDs it has seen takes nothing twice.
type Webhook struct {
	URL    string
	Secret []byte // of ParseSecret; nil sends unsigned
	Base   string // address of the board, for links
	Client *http.Client
}

// ParseSecret reads a secret of Standard Webhooks: "whsec_" and 24 to 64 bytes in base64. The error wraps claims.ErrInvalid.
func ParseSecret(s string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(strings.TrimSpace(s), "whsec_"))
	if err != nil || !strings.HasPrefix(strings.TrimSpace(s), "whsec_") || len(raw) < 24 || len(raw) > 64 {
		return nil, fmt.Errorf(`%w: a webhook's secret is "whsec_" and 24 to 64 random bytes in base64; make one with: echo "whsec_$(openssl rand -base64 32)"`, claims.ErrInvalid)
	}
	return raw, nil
}

// payload is a webhook's body.
type payload struct {
	Type      string    `json:"type"` // "claim.status", "claim.value", "claim.new", "claim.stale"; "digest"
	Timestamp time.Time `json:"timestamp"`
	Data      any       `json:"data"`
}

// told is an event as it goes out.
type told struct {
	Event
	Title string `json:"title"`
	Page  string `json:"page,omitempty"`
}

// Send implements Sender.
func (w *Webhook) Send(ctx context.Context, d Delivery) error {
	p := payload{Type: "digest", Timestamp: d.At}
	list := make([]told, len(d.Events))
	for i, e := range d.Events {
		list[i] = told{e, e.Title(), page(w.Base, e)}
	}
	p.Data = map[string]any{"events": list}
	if len(list) == 1 {
		p.Type, p.Timestamp, p.Data = "claim."+string(list[0].Kind), list[0].At, list[0]
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	at := strconv.FormatInt(d.At.Unix(), 10)
	header := http.Header{"Webhook-Id": {d.ID}, "Webhook-Timestamp": {at}}
	if w.Secret != nil {
		header.Set("Webhook-Signature", "v1,"+sign(w.Secret, d.ID, at, body))
	}
	return post(ctx, w.Client, w.URL, header, body)
}

func sign(secret []byte, id, at string, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s.%s.%s", id, at, body)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// post sends a body and reads the answer as Standard Webhooks has it: 2xx is delivered, 410 is never to be
// asked again, all else is tried again.
func post(ctx context.Context, client *http.Client, address string, header http.Header, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return redacted(err)
	}
	r.Header = header
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "tallywire-alerts/1")
	res, err := client.Do(r)
	if err != nil {
		return redacted(err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection can be used again
	switch {
	case res.StatusCode >= 200 && res.StatusCode < 300:
		return nil
	case res.StatusCode == http.StatusGone:
		return fmt.Errorf("%w: it answered 410", ErrGone)
	}
	err = fmt.Errorf("the receiver answered %d", res.StatusCode)
	if after := res.Header.Get("Retry-After"); after != "" {
		if n, convErr := strconv.Atoi(after); convErr == nil && n > 0 {
			return &RetryError{err, time.Duration(min(n, int(maxWait/time.Second))) * time.Second}
		}
		if t, timeErr := http.ParseTime(after); timeErr == nil {
			return &RetryError{err, time.Until(t)}
		}
	}
	return err
}

// redacted takes the address out of an error: those of chat services are secrets.
func redacted(err error) error {
	if u, ok := err.(*url.Error); ok { //nolint:errorlint // the client wraps its errors in it, at the top
		return u.Err
	}
	return err
}

// A Chat sends events as text to an incoming webhook of Slack or Mattermost.
type Chat struct {
	URL        string
	Mattermost bool // Markdown instead of Slack's own marks
	Base       string
	Client     *http.Client
}

// Send implements Sender.
func (c *Chat) Send(ctx context.Context, d Delivery) error {
	var lines []string
	for _, e := range d.Events {
		lines = append(lines, c.text(e))
	}
	body, err := json.Marshal(map[string]any{"text": strings.Join(lines, "\n")})
	if err != nil {
		return err
	}
	return post(ctx, c.Client, c.URL, http.Header{"Webhook-Id": {d.ID}}, body)
}

var (
	slackMarks = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	markdown   = strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "`", "\\`", "[", "\\[", "]", "\\]", "<", "\\<", ">", "\\>", "#", "\\#", "~", "\\~", "|", "\\|", "!", "\\!", "@", "@\u200b")
)

func (c *Chat) text(e Event) string {
	title, why, to := e.Title(), e.why(), page(c.Base, e)
	if c.Mattermost {
		title, why = markdown.Replace(title), markdown.Replace(why)
		if to != "" {
			title = "[" + title + "](" + to + ")"
		}
		return "**" + title + "**\n" + why
	}
	title, why = slackMarks.Replace(title), slackMarks.Replace(why)
	if to != "" {
		return "<" + to + "|" + strings.ReplaceAll(title, "|", "¦") + ">\n" + why
	}
	return title + "\n" + why
}
