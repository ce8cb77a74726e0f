package alert

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"tallywire/claims"
)

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

func delivery(statement string) Delivery {
	e := Event{ID: "e_1", Kind: StatusChanged, Claim: "c_0000000000000001", Statement: statement, Status: claims.Verified, Previous: claims.Unverified, Reasons: []string{statement}, At: noon}
	return Delivery{ID: "e_00000000000000000000abcd", At: time.Now(), Events: []Event{e}}
}

// TestWebhookIsSigned has the library of the standard itself verify what is sent.
func TestWebhookIsSigned(t *testing.T) {
	t.Parallel()
	key, err := ParseSecret(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := webhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	var wrong error
	var body []byte
	var header http.Header
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		header = r.Header
		wrong = verifier.Verify(body, r.Header)
	}))
	t.Cleanup(s.Close)
	w := &Webhook{URL: s.URL, Secret: key, Base: "https://desk.example", Client: Client(true)}
	if err := w.Send(t.Context(), delivery("390 captives <released>")); err != nil || wrong != nil {
		t.Fatalf("%v, the library says %v", err, wrong)
	}
	if header.Get("Webhook-Id") != "e_00000000000000000000abcd" {
		t.Errorf("webhook-id %q", header.Get("Webhook-Id"))
	}
	var got struct {
		Type string
		Data struct{ Claim, Statement, Status, Previous, Title, Page string }
	}
	if err := json.Unmarshal(body, &got); err != nil || got.Type != "claim.status" || got.Data.Claim != "c_0000000000000001" || got.Data.Previous != "unverified" || got.Data.Page != "https://desk.example/claims/c_0000000000000001" {
		t.Errorf("%s: %v", body, err)
	}
	if err := verifier.Verify(append(body, ' '), header); err == nil {
		t.Error("a changed body verifies")
	}
	for _, bad := range []string{"", "x", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"} {
		if _, err := ParseSecret(bad); !errors.Is(err, claims.ErrInvalid) {
			t.Errorf("secret %q: %v", bad, err)
		}
	}
}

// TestGuard points webhooks at loopback, by name, by number, and through a redirect: nobody there hears of them.
func TestGuard(t *testing.T) {
	t.Parallel()
	var heard atomic.Int64
	victim := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard.Add(1) }))
	t.Cleanup(victim.Close)
	port := victim.Listener.Addr().(*net.TCPAddr).Port
	for _, host := range []string{"127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "127.1"} {
		w := &Webhook{URL: fmt.Sprintf("http://%s:%d/", host, port), Client: Client(false)}
		if err := w.Send(t.Context(), delivery("x")); err == nil {
			t.Errorf("%s was reached", host)
		}
		chat := &Chat{URL: w.URL, Client: Client(false)}
		if err := chat.Send(t.Context(), delivery("x")); err == nil {
			t.Errorf("%s was reached", host)
		}
	}
	door := httptest.NewServer(http.RedirectHandler(victim.URL, http.StatusTemporaryRedirect))
	t.Cleanup(door.Close)
	if err := (&Webhook{URL: door.URL, Client: Client(true)}).Send(t.Context(), delivery("x")); err == nil || !strings.Contains(err.Error(), "307") {
		t.Errorf("a redirect: %v", err)
	}
	if heard.Load() != 0 {
		t.Errorf("the victim was asked %d times", heard.Load())
	}
	if err := (&Webhook{URL: victim.URL, Client: Client(true)}).Send(t.Context(), delivery("x")); err != nil || heard.Load() != 1 { // the control
		t.Errorf("with private networks allowed: %v, %d", err, heard.Load())
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	answer, after := 200, ""
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(answer)
		_, _ = io.WriteString(w, strings.Repeat("x", 1<<20))
	}))
	t.Cleanup(s.Close)
	w := &Webhook{URL: s.URL + "/T0/secret", Client: Client(true)}
	for _, test := range []struct {
		answer int
		after  string
		gone   bool
		wait   time.Duration
		ok     bool
	}{{200, "", false, 0, true}, {204, "", false, 0, true}, {410, "", true, 0, false}, {500, "", false, 0, false}, {302, "", false, 0, false}, {429, "120", false, 2 * time.Minute, false}, {503, "99999999999", false, maxWait, false}, {503, "999999", false, maxWait, false}, {503, "-5", false, 0, false}} {
		answer, after = test.answer, test.after
		err := w.Send(t.Context(), delivery("x"))
		var patience *RetryError
		wait := time.Duration(0)
		if errors.As(err, &patience) {
			wait = patience.After
		}
		if (err == nil) != test.ok || errors.Is(err, ErrGone) != test.gone || wait != test.wait {
			t.Errorf("%d, Retry-After %q: %v, gone %v, wait %s", test.answer, test.after, err, errors.Is(err, ErrGone), wait)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error holds the address: %v", err)
		}
	}
	s.Close()
	if err := w.Send(t.Context(), delivery("x")); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a closed receiver: %v", err)
	}
}

func TestChatText(t *testing.T) {
	t.Parallel()
	var text string
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body struct{ Text string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		text = body.Text
	}))
	t.Cleanup(s.Close)
	hostile := "<!channel> *390* [x](https://evil.example) <https://evil.example|y> @here \u202e"
	for _, test := range []struct {
		chat *Chat
		want string
	}{
		{&Chat{URL: s.URL, Base: "https://desk.example", Client: Client(true)}, "<https://desk.example/claims/c_0000000000000001|✔ verified, was unverified: &lt;!channel&gt; *390* [x](https://evil.example) &lt;https://evil.example¦y&gt; @here [U+202E]>\n"},
		{&Chat{URL: s.URL, Base: "https://desk.example", Client: Client(true), Mattermost: true}, "**[✔ verified, was unverified: \\<\\!channel\\> \\*390\\* \\[x\\](https://evil.example) \\<https://evil.example\\|y\\> @\u200bhere \\[U+202E\\]](https://desk.example/claims/c_0000000000000001)**\n"},
	} {
		if err := test.chat.Send(t.Context(), delivery(hostile)); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(text, test.want) {
			t.Errorf("got  %q\nwant %q", text, test.want)
		}
	}
}

// smtp is a mail server that takes one mail after the other and gives them to a channel.
func smtp(t *testing.T) (port int, mails <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	out := make(chan string, 10)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			r := bufio.NewReader(conn)
			fmt.Fprint(conn, "220 mail.example ESMTP\r\n")
			var body strings.Builder
			data := false
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					break
				}
				switch {
				case data && line == ".\r\n":
					data = false
					out <- body.String()
					fmt.Fprint(conn, "250 taken\r\n")
				case data:
					body.WriteString(strings.TrimPrefix(line, "."))
				case strings.HasPrefix(line, "DATA"):
					data = true
					fmt.Fprint(conn, "354 go on\r\n")
				case strings.HasPrefix(line, "QUIT"):
					fmt.Fprint(conn, "221 bye\r\n")
				default:
					fmt.Fprint(conn, "250 ok\r\n")
				}
			}
			conn.Close()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port, out
}

func TestMail(t *testing.T) {
	t.Parallel()
	port, mails := smtp(t)
	m := &Mail{Host: "127.0.0.1", Port: port, TLS: "none", From: "Desk <desk@newsroom.example>", To: []string{"a@newsroom.example", "b@newsroom.example"}, Base: "https://desk.example", Title: "The Desk"}
	d := delivery("390 полонених\r\nBcc: evil@evil.example")
	if err := m.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	raw := <-mails
	got, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != "[The Desk] ✔ verified, was unverified: 390 полонених Bcc: evil@evil.example" || got.Header.Get("Bcc") != "" {
		t.Errorf("subject %q, Bcc %q, %v", subject, got.Header.Get("Bcc"), err)
	}
	if id := got.Header.Get("Message-Id"); id != "<e_00000000000000000000abcd@newsroom.example>" {
		t.Errorf("Message-ID %s", id)
	}
	if !strings.Contains(raw, "https://desk.example/claims/c_0000000000000001") {
		t.Errorf("no link in %s", raw)
	}
	d.Events = append(d.Events, d.Events[0])
	if err := m.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if raw := <-mails; !strings.Contains(raw, "[The Desk] 2 changes on the board") {
		t.Errorf("digest: %s", raw)
	}
	m.TLS = "mandatory"
	if err := m.Send(t.Context(), d); err == nil {
		t.Error("a server without TLS was used where TLS is mandatory")
	}
}
