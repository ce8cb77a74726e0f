package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A NewSource is a source as a form gives it; empty fields are left out of the file.
type NewSource struct {
	ID, Name, Type, URL, Account, Class, Owner, Party, Language string
}

// AddSource writes a source behind the last one of a configuration file, and returns the file's new content as read. The
// rest of the file, comments too, stays as it is. A file that would not be right afterwards stays as it was, and the error
// says what is wrong.
func AddSource(path string, n NewSource) (Config, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return Config{}, errors.New("this configuration is not a file that can be written; paste the lines below into yours")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("read configuration: %w", err)
	}
	before, err := Parse(path, data)
	if err != nil {
		return Config{}, err
	}
	text, err := insertSource(string(data), n)
	if err != nil {
		return Config{}, err
	}
	after, err := Parse(path, []byte(text))
	if err != nil {
		return Config{}, err
	}
	if len(after.Sources) != len(before.Sources)+1 || after.Sources[len(before.Sources)].ID != n.ID {
		return Config{}, errNoPlace
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".config-*.yaml")
	if err != nil {
		return Config{}, fmt.Errorf("write configuration: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(text)
	err = errors.Join(err, tmp.Sync(), tmp.Chmod(info.Mode().Perm()), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return Config{}, fmt.Errorf("write configuration: %w", err)
	}
	return after, nil
}

var errNoPlace = errors.New("there is no plain list under `sources:` in the file; paste the lines below into it by hand")

var (
	sourcesKey = regexp.MustCompile(`^sources:\s*(\[\s*\])?\s*(#.*)?$`)
	topKey     = regexp.MustCompile(`^\S`)
	listItem   = regexp.MustCompile(`^( *)- `)
)

// insertSource puts a source's lines behind the last item of the list under `sources:`, as deep as the items there.
func insertSource(text string, n NewSource) (string, error) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return sourcesKey.MatchString(strings.TrimRight(l, "\r")) })
	if at < 0 {
		return "", errNoPlace
	}
	lines[at] = strings.Replace(lines[at], "[]", "", 1)
	end, indent := at+1, "  "
	for i := at + 1; i < len(lines); i++ {
		l := strings.TrimRight(lines[i], "\r")
		if m := listItem.FindStringSubmatch(l); m != nil && end == at+1 {
			indent = m[1]
		}
		if topKey.MatchString(l) && !strings.HasPrefix(l, "#") && !strings.HasPrefix(l, "- ") {
			break
		}
		if strings.TrimSpace(l) != "" && !strings.HasPrefix(strings.TrimSpace(l), "#") {
			end = i + 1
		}
	}
	return strings.Join(slices.Insert(lines, end, n.lines(indent)...), "\n") + "\n", nil
}

func (n NewSource) lines(indent string) []string {
	var out []string
	for _, kv := range [][2]string{{"id", n.ID}, {"name", n.Name}, {"type", n.Type}, {"url", n.URL}, {"account", n.Account}, {"class", n.Class}, {"owner", n.Owner}, {"party", n.Party}, {"language", n.Language}} {
		if kv[1] == "" {
			continue
		}
		value, err := json.Marshal(kv[1]) // a JSON string is YAML
		if err != nil {
			continue // strings always marshal
		}
		lead := indent + "  "
		if len(out) == 0 {
			lead = indent + "- "
		}
		out = append(out, lead+kv[0]+": "+string(value))
	}
	return out
}
