// SPDX-License-Identifier: Apache-2.0

// vault-judge is a real Vault for tests: its core, HTTP handler, Transit and AppRole, without the
// command line, the user interface and the cloud plugins that make the whole of Vault slow to build.
//
// It is started in a folder, in which it keeps its storage, so that a second start goes on where the
// first was killed:
//
//	vault-judge FOLDER
//
// In the folder it makes vault.sock, ca.pem (the certificate of its TLS listener, which is its own
// issuer), storage/ and, when it can be reached, ports: the port of plain HTTP and the one of TLS, both on
// 127.0.0.1. It is neither initialised nor unsealed: that is done through the API. It ends when its
// standard input does.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/vault/builtin/credential/approle"
	"github.com/hashicorp/vault/builtin/logical/transit"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/file"
	"github.com/hashicorp/vault/vault"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: vault-judge FOLDER")
	}
	if err := serve(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func serve(folder string) error {
	core, err := newCore(filepath.Join(folder, "storage"))
	if err != nil {
		return err
	}
	certificate, err := newCertificate(filepath.Join(folder, "ca.pem"))
	if err != nil {
		return err
	}
	socket := filepath.Join(folder, "vault.sock")
	if err := os.Remove(socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var plainPort, tlsPort int
	if known, err := os.ReadFile(filepath.Join(folder, "ports")); err == nil {
		if _, err := fmt.Sscan(string(known), &plainPort, &tlsPort); err != nil {
			return err
		}
	}
	unix, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	plain, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", plainPort))
	if err != nil {
		return err
	}
	secure, err := tls.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", tlsPort),
		&tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	if err != nil {
		return err
	}
	handler := vaulthttp.Handler.Handler(&vault.HandlerProperties{
		Core:           core,
		ListenerConfig: &configutil.Listener{Address: "127.0.0.1"},
	})
	for _, listener := range []net.Listener{unix, plain, secure} {
		server := &http.Server{Handler: handler, ErrorLog: log.New(io.Discard, "", 0)}
		go func() { log.Fatal(server.Serve(listener)) }()
	}
	ports := fmt.Sprintf("%d %d\n", port(plain), port(secure))
	unfinished := filepath.Join(folder, ".ports")
	if err := os.WriteFile(unfinished, []byte(ports), 0o600); err != nil {
		return err
	}
	return os.Rename(unfinished, filepath.Join(folder, "ports"))
}

func port(listener net.Listener) int {
	return listener.Addr().(*net.TCPAddr).Port
}

func newCore(storage string) (*vault.Core, error) {
	logger := hclog.New(&hclog.LoggerOptions{Level: hclog.Error})
	backend, err := file.NewFileBackend(map[string]string{"path": storage}, logger)
	if err != nil {
		return nil, err
	}
	return vault.NewCore(&vault.CoreConfig{
		Physical:           backend,
		Logger:             logger,
		DisableMlock:       true,
		LogicalBackends:    map[string]logical.Factory{"transit": transit.Factory},
		CredentialBackends: map[string]logical.Factory{"approle": approle.Factory},
	})
}

func newCertificate(path string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "vault-judge"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
		DNSNames:              []string{"localhost"},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

