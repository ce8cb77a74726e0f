package alert

import (
	"context"
	"fmt"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"tallywire/report"
)

// A Mail sends events as plain text by SMTP.
type Mail struct {
	Host     string
	Port     int
	TLS      string // mandatory, opportunistic or none: STARTTLS
	From     string
	To       []string
	User     string
	Password string
	Base     string // address of the board, for links
	Title    string // of the newsroom, in the subject
}

// Send implements Sender. The message's ID follows from the delivery's, so that a mail sent again is the same one.
func (m *Mail) Send(ctx context.Context, d Delivery) error {
	msg, err := m.message(d)
	if err != nil {
		return err
	}
	policy := map[string]gomail.TLSPolicy{"mandatory": gomail.TLSMandatory, "opportunistic": gomail.TLSOpportunistic, "none": gomail.NoTLS}
	options := []gomail.Option{gomail.WithPort(m.Port), gomail.WithTLSPolicy(policy[m.TLS]), gomail.WithTimeout(sendTimeout)}
	if m.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(m.User), gomail.WithPassword(m.Password))
	}
	client, err := gomail.NewClient(m.Host, options...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	return nil
}

func (m *Mail) message(d Delivery) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if err := msg.From(m.From); err != nil {
		return nil, fmt.Errorf("mail: from: %w", err)
	}
	if err := msg.To(m.To...); err != nil {
		return nil, fmt.Errorf("mail: to: %w", err)
	}
	subject := report.Plural(len(d.Events), "change") + " on the board"
	if len(d.Events) == 1 {
		subject = line(d.Events[0].Title(), 150)
	}
	if m.Title != "" {
		subject = "[" + line(m.Title, 40) + "] " + subject
	}
	msg.Subject(subject)
	_, domain, _ := strings.Cut(strings.TrimSuffix(m.From, ">"), "@")
	msg.SetMessageIDWithValue(d.ID + "@" + domain)
	msg.SetDateWithValue(d.At)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	var b strings.Builder
	for i, e := range d.Events {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(e.Title() + "\n")
		if why := e.why(); why != "" {
			b.WriteString(why + "\n")
		}
		if e.URL != "" {
			b.WriteString(report.Visible(e.URL) + "\n")
		}
		if to := page(m.Base, e); to != "" {
			b.WriteString(to + "\n")
		}
	}
	msg.SetBodyString(gomail.TypeTextPlain, b.String())
	return msg, nil
}
