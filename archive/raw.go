package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"tallywire/claims"
)

// Raw returns the record that at names as it stands in its file: one gzip member, whole and checked. It
// reads dir without changing anything in it, also while another process writes there. The errors are Read's.
func Raw(dir string, at claims.Archive) ([]byte, error) {
	raw, err := raw(dir, at)
	if err != nil {
		return nil, fmt.Errorf("archive %s %s: %w", at.File, at.RecordID, err)
	}
	return raw, nil
}

func raw(dir string, at claims.Archive) ([]byte, error) {
	file, err := (&Archive{opts: Options{Dir: dir}}).open(at.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	offset := at.Offset
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(file, 64<<10)
	for {
		record, size, err := nextRecord(r)
		if errors.Is(err, io.EOF) {
			return nil, claims.ErrNotFound
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if record.id == at.RecordID {
			if _, err := record.exchange(at.Digest); err != nil {
				return nil, err
			}
			raw := make([]byte, size)
			_, err := file.ReadAt(raw, offset)
			return raw, err
		}
		if at.Offset > 0 {
			return nil, fmt.Errorf("another record is at %d: %w", at.Offset, ErrDamaged)
		}
		offset += size
	}
}

// Parse reads one record as Raw gives it and checks it against what at says of it. The errors are Read's.
func Parse(raw []byte, at claims.Archive) (Exchange, error) {
	r := bufio.NewReader(bytes.NewReader(raw))
	record, size, err := nextRecord(r)
	switch {
	case err != nil:
		return Exchange{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	case size != int64(len(raw)):
		return Exchange{}, fmt.Errorf("%d bytes behind the record: %w", int64(len(raw))-size, ErrDamaged)
	case record.id != at.RecordID:
		return Exchange{}, fmt.Errorf("record %s where %s should be: %w", record.id, at.RecordID, ErrDamaged)
	}
	return record.exchange(at.Digest)
}
