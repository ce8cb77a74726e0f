package extract

// sourceWords are a language's words of saying and its sources.
type sourceWords struct{}

func newSourceWords(d, common data) sourceWords { return sourceWords{} }

// voiceState carries who is speaking from sentence to sentence.
type voiceState struct{}
