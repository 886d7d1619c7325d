// SPDX-License-Identifier: Apache-2.0

// log-judge reads and makes what lib/log makes and reads, with implementations of the C2SP formats that are not ours:
// golang.org/x/mod/sumdb and filippo.io/torchwood.
//
//	log-judge fsck FOLDER VKEY
//
// opens FOLDER/checkpoint with the key, makes the tree again out of the entry bundles, compares every tile with what it
// must be, and the root with the checkpoint's, and prints "SIZE ROOT".
//
//	log-judge receipt POLICY PROOF ENTRY
//
// verifies a .tlog-proof for an entry, all three of them files.
//
//	log-judge request REQUEST ROOT
//
// verifies the consistency proof in the body of an add-checkpoint request, from the tree with this root.
//
//	log-judge make FOLDER SIZE
//
// makes a log with a witness: checkpoint, tile/, vkey, policy, and for each entry I the receipt receipt/I and the request
// of a log that had grown from I entries, request/I, with the root it had then, root/I.
//
//	log-judge key FILE NAME
//	log-judge ask FILE URL WITNESS-VKEY
//
// makes the key of a log and prints its vkey; and with that key asks a witness to cosign a log that grows, as
// tlog-witness says, to cosign what it must not, and verifies what it answers.
//
//	log-judge witness LOG-VKEY
//
// is a witness of one log, in memory: prints its URL and its vkey, and ends with its standard input.
//
// It exits with 1 and says why when something does not hold.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	commands := map[string]func(a []string) error{
		"fsck": fsck, "receipt": receipt, "request": request, "make": makeLog,
		"key": makeKey, "ask": ask, "witness": serveWitness,
	}
	if len(os.Args) < 3 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: log-judge fsck|receipt|request|make|key|ask|witness ...")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// stored holds the hashes of a tree in the order of package tlog.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, errors.New("a hash is not stored")
		}
		hashes[i] = s[index]
	}
	return hashes, nil
}

func (s *stored) add(n int64, entry []byte) error {
	hashes, err := tlog.StoredHashes(n, entry, *s)
	*s = append(*s, hashes...)
	return err
}

func fsck(a []string) error {
	folder := a[0]
	verifier, err := note.NewVerifier(a[1])
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	policy := torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(verifier.Name()), torchwood.SingleVerifierPolicy(verifier))
	checkpoint, _, err := torchwood.VerifyCheckpoint(signed, policy)
	if err != nil {
		return err
	}
	var hashes stored
	tiles := tlog.NewTiles(torchwood.TileHeight, 0, checkpoint.N)
	for _, tile := range tiles {
		if tile.L == 0 {
			if err := readEntries(folder, tile, &hashes); err != nil {
				return err
			}
		}
	}
	for _, tile := range tiles {
		made, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		found, err := os.ReadFile(filepath.Join(folder, torchwood.TilePath(tile)))
		if err != nil {
			return err
		}
		if !bytes.Equal(made, found) {
			return fmt.Errorf("%s is not what its entries make", torchwood.TilePath(tile))
		}
	}
	root, err := tlog.TreeHash(checkpoint.N, hashes)
	if err != nil {
		return err
	}
	if root != checkpoint.Hash {
		return fmt.Errorf("the entries make root %v, the checkpoint says %v", root, checkpoint.Hash)
	}
	fmt.Println(checkpoint.N, root)
	return nil
}

func readEntries(folder string, tile tlog.Tile, hashes *stored) error {
	bundle := tile
	bundle.L = -1
	rest, err := os.ReadFile(filepath.Join(folder, torchwood.TilePath(bundle)))
	if err != nil {
		return err
	}
	for i := range tile.W {
		var entry []byte
		entry, rest, err = torchwood.ReadTileEntry(rest)
		if err != nil {
			return err
		}
		if err := hashes.add(tile.N*torchwood.TileWidth+int64(i), entry); err != nil {
			return err
		}
	}
	if len(rest) != 0 {
		return fmt.Errorf("%s has more entries than it should", torchwood.TilePath(bundle))
	}
	return nil
}

func receipt(a []string) error {
	var files [3][]byte
	for i := range files {
		var err error
		if files[i], err = os.ReadFile(a[i]); err != nil {
			return err
		}
	}
	policy, err := torchwood.ParsePolicy(files[0])
	if err != nil {
		return err
	}
	return torchwood.VerifyProof(policy, tlog.RecordHash(files[2]), files[1])
}

func request(a []string) error {
	body, err := os.ReadFile(a[0])
	if err != nil {
		return err
	}
	asked, err := parseRequest(body)
	if err != nil {
		return err
	}
	root, err := tlog.ParseHash(a[1])
	if err != nil {
		return err
	}
	return tlog.CheckTree(asked.proof, asked.checkpoint.N, asked.checkpoint.Hash, asked.old, root)
}

// asked is the body of an add-checkpoint request.
type asked struct {
	old        int64
	proof      tlog.TreeProof
	checkpoint torchwood.Checkpoint
	signed     []byte
}

func parseRequest(body []byte) (asked, error) {
	head, signed, ok := strings.Cut(string(body), "\n\n")
	if !ok {
		return asked{}, errors.New("no empty line in the request")
	}
	text, _, _ := strings.Cut(signed, "\n\n")
	checkpoint, err := torchwood.ParseCheckpoint(text + "\n")
	if err != nil {
		return asked{}, err
	}
	lines := strings.Split(head, "\n")
	old, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
	if err != nil {
		return asked{}, err
	}
	var proof tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return asked{}, err
		}
		proof = append(proof, hash)
	}
	return asked{old, proof, checkpoint, []byte(signed)}, nil
}

func makeLog(a []string) error {
	folder := a[0]
	size, err := strconv.ParseInt(a[1], 10, 64)
	if err != nil {
		return err
	}
	log, logKey, err := note.GenerateKey(rand.Reader, "go.example/log")
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(log)
	if err != nil {
		return err
	}
	_, witnessKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	witness, err := torchwood.NewCosignatureSigner("witness.example", witnessKey)
	if err != nil {
		return err
	}
	policy := fmt.Sprintf("log %s\nwitness w %s\nquorum w\n", logKey, witness.Verifier())
	var hashes stored
	var entries [][]byte
	for i := range size {
		entries = append(entries, fmt.Appendf(nil, "entry %d of a log in Go", i))
		if err := hashes.add(i, entries[i]); err != nil {
			return err
		}
	}
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return err
	}
	checkpoint := torchwood.Checkpoint{Origin: "go.example/log", Tree: tlog.Tree{N: size, Hash: root}}
	signed, err := note.Sign(&note.Note{Text: checkpoint.String()}, signer, witness)
	if err != nil {
		return err
	}
	files := map[string][]byte{"checkpoint": signed, "vkey": []byte(logKey + "\n"), "policy": []byte(policy)}
	if err := tiles(files, size, entries, hashes); err != nil {
		return err
	}
	if err := proofs(files, size, signed, hashes); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			return err
		}
	}
	return nil
}

func tiles(files map[string][]byte, size int64, entries [][]byte, hashes stored) error {
	for _, tile := range tlog.NewTiles(torchwood.TileHeight, 0, size) {
		data, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		files[torchwood.TilePath(tile)] = data
		if tile.L != 0 {
			continue
		}
		var bundle []byte
		for i := range tile.W {
			bundle, err = torchwood.AppendTileEntry(bundle, entries[tile.N*torchwood.TileWidth+int64(i)])
			if err != nil {
				return err
			}
		}
		tile.L = -1
		files[torchwood.TilePath(tile)] = bundle
	}
	return nil
}

func proofs(files map[string][]byte, size int64, signed []byte, hashes stored) error {
	for i := range size {
		record, err := tlog.ProveRecord(size, i, hashes)
		if err != nil {
			return err
		}
		number := strconv.FormatInt(i, 10)
		files["receipt/"+number] = torchwood.FormatProofWithExtraData(i, []byte("extra"), record, signed)
		body := "old " + number + "\n"
		root, err := tlog.TreeHash(i, hashes)
		if err != nil {
			return err
		}
		if i > 0 {
			tree, err := tlog.ProveTree(size, i, hashes)
			if err != nil {
				return err
			}
			for _, hash := range tree {
				body += base64.StdEncoding.EncodeToString(hash[:]) + "\n"
			}
		}
		files["request/"+number] = []byte(body + "\n" + string(signed))
		files["root/"+number] = []byte(root.String() + "\n")
	}
	return nil
}
