// Package alert tells people and programs what changed on the board: rules pick events, an outbox in the
// store keeps them until they are delivered, senders deliver them as signed webhooks, chat messages and mail.
//
//	claims written ── Engine.Observe ── events of rules ── outbox (in the store)
//	                                                          └── Engine.Flush ── webhook, slack, mattermost, mail
//
// Nothing is lost over a restart: what each claim was when it was last looked at is in the store too, and an
// Engine that missed a write catches up (Engine.CatchUp). Nothing is sent twice: an event's ID follows from what
// happened, is kept with the outbox, and goes out as the message's idempotency key. Start with New.
package alert
