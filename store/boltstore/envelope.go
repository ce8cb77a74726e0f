package boltstore

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"

	"github.com/klauspost/compress/zstd"

	"tallywire/claims"
	"tallywire/store"
)

// An envelope is how every record lies in the file:
//
//	version(1) crc32c(4) flags(1) payload
//
// The checksum covers bucket, key, flags and payload: bbolt has none of its own on data pages, so a flipped
// bit, or a value under the wrong key, would else be shown as a claim. The payload is JSON, compressed
// with zstd where that is longer than compressAbove.
const (
	envelopeVersion = 1
	headerBytes     = 6
	flagZstd        = 1

	// compressAbove is the length, in bytes, up to which zstd saves nothing worth its time.
	compressAbove = 512
	// maxPayload bounds one record after decompression: a claim with tens of thousands of mentions.
	maxPayload = 256 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A codec packs and unpacks records. It is safe for concurrent use.
type codec struct {
	zip   *zstd.Encoder
	unzip *zstd.Decoder
}

// newCodec returns a codec. It has no goroutines and needs no closing: only whole buffers go through it.
func newCodec() (*codec, error) {
	zip, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	unzip, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxPayload))
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	return &codec{zip: zip, unzip: unzip}, nil
}

// pack returns the envelope of v for its place. The same v gives the same bytes.
func (c *codec) pack(bucket, key []byte, v any) ([]byte, error) {
	payload, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("%s %.60q: %w: %w", bucket, key, claims.ErrInvalid, err)
	}
	rec := make([]byte, headerBytes, headerBytes+len(payload))
	rec[0] = envelopeVersion
	if len(payload) > compressAbove {
		rec[5] = flagZstd
		rec = c.zip.EncodeAll(payload, rec)
	} else {
		rec = append(rec, payload...)
	}
	binary.BigEndian.PutUint32(rec[1:], checksum(bucket, key, rec))
	return rec, nil
}

// unpack reads an envelope into v, a pointer. Its error wraps store.ErrDamaged and names the place.
func (c *codec) unpack(bucket, key, rec []byte, v any) error {
	damaged := func(why any) error {
		return fmt.Errorf("%s %.60q: %w: %v", bucket, key, store.ErrDamaged, why)
	}
	if len(rec) < headerBytes {
		return damaged("cut short")
	}
	if rec[0] != envelopeVersion {
		return damaged(fmt.Sprintf("record version %d", rec[0]))
	}
	if binary.BigEndian.Uint32(rec[1:]) != checksum(bucket, key, rec) {
		return damaged("checksum does not match")
	}
	payload := rec[headerBytes:]
	if rec[5]&flagZstd != 0 {
		var err error
		if payload, err = c.unzip.DecodeAll(payload, nil); err != nil {
			return damaged(err)
		}
	}
	if err := json.Unmarshal(payload, v); err != nil {
		return damaged(err)
	}
	return nil
}

// checksum is the CRC-32C of all that an envelope must answer for.
func checksum(bucket, key, rec []byte) uint32 {
	sum := crc32.Update(0, castagnoli, bucket)
	sum = crc32.Update(sum, castagnoli, key)
	return crc32.Update(sum, castagnoli, rec[5:])
}
