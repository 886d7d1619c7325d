// SPDX-License-Identifier: Apache-2.0

// transit-judge signs and verifies files by a Vault, with the package that cosign has for `--key hashivault://KEY`, and
// Vault's own client below it. VAULT_ADDR, VAULT_TOKEN and VAULT_CACERT say which Vault, as with cosign.
//
//	transit-judge public-key KEY              prints it in PEM
//	transit-judge sign KEY FILE SIGNATURE     SHA-256 of the file, signed
//	transit-judge verify KEY FILE SIGNATURE   by the Vault
//
// KEY is hashivault://NAME. It exits with 1 and a sentence when it fails.
package main

import (
	"bytes"
	"context"
	"crypto"
	"fmt"
	"os"

	"github.com/sigstore/sigstore/pkg/cryptoutils"
	"github.com/sigstore/sigstore/pkg/signature/kms"
	_ "github.com/sigstore/sigstore/pkg/signature/kms/hashivault"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "transit-judge:", err)
		os.Exit(1)
	}
}

func run(words []string) error {
	if len(words) != 2 && len(words) != 4 {
		return fmt.Errorf("usage: transit-judge public-key KEY | sign KEY FILE SIGNATURE | verify KEY FILE SIGNATURE")
	}
	signer, err := kms.Get(context.Background(), words[1], crypto.SHA256)
	if err != nil {
		return err
	}
	if words[0] == "public-key" {
		key, err := signer.PublicKey()
		if err != nil {
			return err
		}
		pem, err := cryptoutils.MarshalPublicKeyToPEM(key)
		if err != nil {
			return err
		}
		_, err = os.Stdout.Write(pem)
		return err
	}
	file, err := os.Open(words[2])
	if err != nil {
		return err
	}
	defer file.Close()
	if words[0] == "sign" {
		signature, err := signer.SignMessage(file)
		if err != nil {
			return err
		}
		return os.WriteFile(words[3], signature, 0o644)
	}
	signature, err := os.ReadFile(words[3])
	if err != nil {
		return err
	}
	return signer.VerifySignature(bytes.NewReader(signature), file)
}
