package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"tallywire/claims"
	"tallywire/extract"
)

// newExtractCmd is `tallywire extract`: the quantities of a text, storing nothing.
func newExtractCmd() *cobra.Command {
	var jsonl bool
	var lang string
	cmd := &cobra.Command{
		Use:   "extract [FILE|-]",
		Short: "Print the quantities found in a text",
		Example: `  tallywire extract article.txt
  echo "At least 63 people died." | tallywire extract
  tallywire extract --jsonl < texts.jsonl`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in := cmd.InOrStdin()
			if len(args) == 1 && args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return fmt.Errorf("extract: %w", err)
				}
				defer f.Close()
				in = f
			}
			if jsonl {
				return extractLines(in, cmd.OutOrStdout())
			}
			return extractText(in, cmd.OutOrStdout(), lang)
		},
	}
	cmd.Flags().BoolVar(&jsonl, "jsonl", false, `read lines {"id","text","lang"?,"published"?}, write lines {"id","mentions"}`)
	cmd.Flags().StringVar(&lang, "lang", "", "language of the text (BCP 47); default: found out")
	return cmd
}

// extractText prints one line a mention: value, unit, the phrase and its sentence.
func extractText(in io.Reader, out io.Writer, lang string) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("extract: %w", err)
	}
	w := bufio.NewWriter(out)
	for _, m := range extract.Text(string(text), lang, time.Time{}) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.Text, m.Unit.Class, m.Unit.Name, m.Sentence)
	}
	return w.Flush()
}

// A textLine is one line of input, a foundLine one of output.
type textLine struct {
	ID        json.RawMessage `json:"id"`
	Text      string          `json:"text"`
	Lang      string          `json:"lang"`
	Published time.Time       `json:"published"`
}

type foundLine struct {
	ID       json.RawMessage  `json:"id"`
	Mentions []claims.Mention `json:"mentions"`
	Hedged   []claims.Span    `json:"hedged,omitempty"`
}

// extractLines reads, extracts and writes in the order of the input. Each line is handed to a worker with a
// channel of its own for the answer; the writer takes the channels in order, and their bounded queue holds
// the reader back.
func extractLines(in io.Reader, out io.Writer) error {
	type job struct {
		line []byte
		done chan result
	}
	workers := runtime.GOMAXPROCS(0)
	jobs, order := make(chan job), make(chan chan result, 4*workers)
	for range workers {
		go func() {
			for j := range jobs {
				j.done <- extractLine(j.line)
			}
		}()
	}
	stop := make(chan struct{})
	readErr := make(chan error, 1)
	go func() {
		defer close(order)
		defer close(jobs)
		scan := bufio.NewScanner(in)
		scan.Buffer(make([]byte, 1<<16), 1<<28)
		for scan.Scan() {
			if len(scan.Bytes()) == 0 {
				continue
			}
			j := job{append([]byte(nil), scan.Bytes()...), make(chan result, 1)}
			select {
			case order <- j.done:
			case <-stop:
				readErr <- nil
				return
			}
			jobs <- j
		}
		readErr <- scan.Err()
	}()
	w := bufio.NewWriter(out)
	var failed error
	for done := range order {
		res := <-done
		if failed == nil {
			if res.err != nil {
				failed = res.err
				close(stop)
			} else if _, err := w.Write(res.line); err != nil {
				failed = err
				close(stop)
			}
		}
	}
	if err := <-readErr; failed == nil {
		failed = err
	}
	if failed != nil {
		return fmt.Errorf("extract: %w", failed)
	}
	return w.Flush()
}

type result struct {
	line []byte
	err  error
}

func extractLine(line []byte) result {
	var in textLine
	if err := json.Unmarshal(line, &in); err != nil {
		return result{err: err}
	}
	found := extract.Text(in.Text, in.Lang, in.Published)
	if found == nil {
		found = []claims.Mention{}
	}
	b, err := json.Marshal(foundLine{ID: in.ID, Mentions: found, Hedged: extract.Hedged(in.Text, in.Lang)})
	return result{append(b, '\n'), err}
}
