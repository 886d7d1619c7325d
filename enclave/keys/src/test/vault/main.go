// SPDX-License-Identifier: Apache-2.0

// vault-judge is a real Vault for tests: its core, HTTP handler, Transit and AppRole, without the
// command line, the user interface and the cloud plugins that make the whole of Vault slow to build.
//
//	vault-judge FOLDER
//
// serves. In the folder it keeps its storage, so that a second start goes on where the first was killed;
// vault.sock; ca.pem, the certificate of its TLS listener for the name localhost, which is its own issuer;
// ports, the port of plain HTTP and the one of TLS on 127.0.0.1, the same after a restart; root-token and
// unseal-key. The first start initialises it and mounts Transit and AppRole, each start unseals it. Then it
// says "ready" and a line feed on standard output. It ends when its standard input does.
//
//	vault-judge FOLDER METHOD PATH [JSON]
//
// makes a request below /v1/ of the one that serves there, as root, and prints the answer. It exits with 1
// when the answer's status is 400 or more.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
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
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/vault/builtin/credential/approle"
	"github.com/hashicorp/vault/builtin/logical/transit"
	vaulthttp "github.com/hashicorp/vault/http"
	"github.com/hashicorp/vault/internalshared/configutil"
	"github.com/hashicorp/vault/sdk/helper/consts"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/sdk/physical/file"
	"github.com/hashicorp/vault/vault"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 || len(os.Args) == 3 || len(os.Args) > 5 {
		log.Fatal("usage: vault-judge FOLDER [METHOD PATH [JSON]]")
	}
	folder := os.Args[1]
	if len(os.Args) > 3 {
		answer, err := request(folder, os.Args[2], os.Args[3], strings.Join(os.Args[4:], ""))
		fmt.Println(string(answer))
		if err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := serve(folder); err != nil {
		log.Fatal(err)
	}
	if err := prepare(folder); err != nil {
		log.Fatal(err)
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// prepare initialises Vault unless it is, and unseals it.
func prepare(folder string) error {
	key, err := os.ReadFile(filepath.Join(folder, "unseal-key"))
	fresh := errors.Is(err, fs.ErrNotExist)
	if fresh {
		key, err = initialise(folder)
	}
	if err != nil {
		return err
	}
	unseal := fmt.Sprintf(`{"key":%q}`, key)
	if _, err := request(folder, "POST", "sys/unseal", unseal); err != nil {
		return err
	}
	if !fresh {
		return nil
	}
	if _, err := request(folder, "POST", "sys/mounts/transit", `{"type":"transit"}`); err != nil {
		return err
	}
	_, err = request(folder, "POST", "sys/auth/approle", `{"type":"approle"}`)
	return err
}

func initialise(folder string) ([]byte, error) {
	answer, err := request(folder, "POST", "sys/init", `{"secret_shares":1,"secret_threshold":1}`)
	if err != nil {
		return nil, err
	}
	var made struct {
		Keys  []string `json:"keys_base64"`
		Token string   `json:"root_token"`
	}
	if err := json.Unmarshal(answer, &made); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(folder, "root-token"), []byte(made.Token), 0o600); err != nil {
		return nil, err
	}
	key := []byte(made.Keys[0])
	return key, os.WriteFile(filepath.Join(folder, "unseal-key"), key, 0o600)
}

func request(folder, method, path, body string) ([]byte, error) {
	client := http.Client{Transport: &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			return net.Dial("unix", filepath.Join(folder, "vault.sock"))
		},
	}}
	asked, err := http.NewRequest(method, "http://localhost/v1/"+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if token, err := os.ReadFile(filepath.Join(folder, "root-token")); err == nil {
		asked.Header.Set("X-Vault-Token", string(token))
	}
	answer, err := client.Do(asked)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 400 {
		err = fmt.Errorf("%s %s: %s", method, path, answer.Status)
	}
	return content, err
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
		server := &http.Server{Handler: handler, ErrorLog: log.Default()}
		go func() { log.Fatal(server.Serve(listener)) }()
	}
	ports := fmt.Sprintf("%d %d\n", port(plain), port(secure))
	return os.WriteFile(filepath.Join(folder, "ports"), []byte(ports), 0o600)
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
		BuiltinRegistry:    noPlugins{},
		LogicalBackends:    map[string]logical.Factory{"transit": transit.Factory},
		CredentialBackends: map[string]logical.Factory{"approle": approle.Factory},
	})
}

// noPlugins is an empty register: Transit and AppRole are built in by another way.
type noPlugins struct{}

func (noPlugins) Contains(string, consts.PluginType) bool { return false }

func (noPlugins) Get(string, consts.PluginType) (func() (any, error), bool) { return nil, false }

func (noPlugins) Keys(consts.PluginType) []string { return nil }

func (noPlugins) DeprecationStatus(string, consts.PluginType) (consts.DeprecationStatus, bool) {
	return consts.Supported, true
}

func (noPlugins) IsBuiltinEntPlugin(string, consts.PluginType) bool { return false }

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
