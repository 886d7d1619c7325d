// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func makeKey(a []string) error {
	private, public, err := note.GenerateKey(rand.Reader, a[1])
	if err != nil {
		return err
	}
	fmt.Println(public)
	return os.WriteFile(a[0], []byte(private), 0o600)
}

// grown is a log of so many entries, told apart from others of the same size by a word in each.
type grown struct {
	hashes stored
	size   int64
}

func grow(word string, size int64) (grown, error) {
	var log grown
	for i := range size {
		if err := log.hashes.add(i, fmt.Appendf(nil, "%s %d", word, i)); err != nil {
			return log, err
		}
	}
	log.size = size
	return log, nil
}

func (g grown) request(old, size int64, signer note.Signer) ([]byte, []byte, error) {
	root, err := tlog.TreeHash(size, g.hashes)
	if err != nil {
		return nil, nil, err
	}
	checkpoint := torchwood.Checkpoint{Origin: signer.Name(), Tree: tlog.Tree{N: size, Hash: root}}
	signed, err := note.Sign(&note.Note{Text: checkpoint.String()}, signer)
	if err != nil {
		return nil, nil, err
	}
	body := fmt.Sprintf("old %d\n", old)
	if old > 0 && old < size {
		proof, err := tlog.ProveTree(size, old, g.hashes)
		if err != nil {
			return nil, nil, err
		}
		for _, hash := range proof {
			body += base64.StdEncoding.EncodeToString(hash[:]) + "\n"
		}
	}
	return []byte(body + "\n" + string(signed)), signed, nil
}

func ask(a []string) error {
	private, err := os.ReadFile(a[0])
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(string(private))
	if err != nil {
		return err
	}
	witness, err := torchwood.NewCosignatureVerifier(a[2])
	if err != nil {
		return err
	}
	honest, err := grow("entry", 700)
	if err != nil {
		return err
	}
	forked, err := grow("other entry", 700)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		log       grown
		old, size int64
		status    int
		body      string
	}{
		{honest, 0, 5, 200, ""},
		{honest, 5, 5, 200, ""},
		{honest, 0, 256, 409, "5\n"},
		{honest, 5, 256, 200, ""},
		{forked, 256, 256, 409, ""},
		{forked, 256, 300, 422, ""},
		{forked, 0, 300, 409, "256\n"},
		{honest, 300, 299, 400, ""},
		{honest, 256, 700, 200, ""},
		{honest, 256, 300, 409, "700\n"},
	} {
		body, signed, err := step.log.request(step.old, step.size, signer)
		if err != nil {
			return err
		}
		status, kind, answer, err := post(a[1], body)
		if err != nil {
			return err
		}
		if status != step.status || step.body != "" && (string(answer) != step.body || kind != "text/x.tlog.size") {
			return fmt.Errorf("from %d to %d: status %d, %s, %q", step.old, step.size, status, kind, answer)
		}
		if status == 200 {
			opened, err := note.Open(append(bytes.Clone(signed), answer...), note.VerifierList(witness))
			if err != nil {
				return err
			}
			if _, err := torchwood.CosignatureTimestamp(opened.Sigs[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

func post(url string, body []byte) (int, string, []byte, error) {
	answer, err := http.Post(strings.TrimSuffix(url, "/")+"/add-checkpoint", "text/plain", bytes.NewReader(body))
	if err != nil {
		return 0, "", nil, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	return answer.StatusCode, answer.Header.Get("Content-Type"), content, err
}

func serveWitness(a []string) error {
	log, err := note.NewVerifier(a[0])
	if err != nil {
		return err
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	signer, err := torchwood.NewCosignatureSigner("go.example/witness", private)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	seen := &memory{log: log, signer: signer}
	http.HandleFunc("POST /add-checkpoint", seen.addCheckpoint)
	fmt.Printf("http://%s %s\n", listener.Addr(), signer.Verifier())
	go http.Serve(listener, nil)
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// memory is what a witness knows of one log.
type memory struct {
	sync.Mutex
	log    note.Verifier
	signer *torchwood.CosignatureSigner
	tree   tlog.Tree
}

func (m *memory) addCheckpoint(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), 400)
		return
	}
	request, err := parseRequest(body)
	if err != nil || request.old > request.checkpoint.N {
		http.Error(w, fmt.Sprint("malformed: ", err), 400)
		return
	}
	if request.checkpoint.Origin != m.log.Name() {
		http.Error(w, "unknown log", 404)
		return
	}
	opened, err := note.Open(request.signed, note.VerifierList(m.log))
	if err != nil {
		http.Error(w, err.Error(), 403)
		return
	}
	m.Lock()
	defer m.Unlock()
	if request.old != m.tree.N {
		w.Header().Set("Content-Type", "text/x.tlog.size")
		w.WriteHeader(409)
		fmt.Fprintln(w, m.tree.N)
		return
	}
	if request.old > 0 && request.checkpoint.N == m.tree.N && request.checkpoint.Hash != m.tree.Hash {
		http.Error(w, "another root", 409)
		return
	}
	if err := m.consistent(request); err != nil {
		http.Error(w, err.Error(), 422)
		return
	}
	cosigned, err := note.Sign(&note.Note{Text: opened.Text}, m.signer)
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	m.tree = request.checkpoint.Tree
	_, lines, _ := bytes.Cut(cosigned, []byte("\n\n"))
	w.Write(lines)
}

func (m *memory) consistent(request asked) error {
	if request.old == 0 {
		if len(request.proof) > 0 {
			return errors.New("a proof from nothing")
		}
		return nil
	}
	if request.old == request.checkpoint.N {
		if len(request.proof) > 0 || request.checkpoint.Hash != m.tree.Hash {
			return errors.New("another tree of the same size")
		}
		return nil
	}
	return tlog.CheckTree(request.proof, request.checkpoint.N, request.checkpoint.Hash, m.tree.N, m.tree.Hash)
}
