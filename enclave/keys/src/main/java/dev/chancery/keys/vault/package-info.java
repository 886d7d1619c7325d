// SPDX-License-Identifier: Apache-2.0
/// The key provider `vault`: private keys in the secrets engine Transit of HashiCorp Vault or OpenBao,
/// reached by its HTTP API. Keys are made there and cannot leave it.
///
/// ## Requests
///
/// All of them, below `/v1/`, with the names of Transit's, AppRole's and the token method's API documentation:
///
/// | request | when | may run twice |
/// |---|---|---|
/// | `POST MOUNT/keys/NAME`, with `type`, and `derived`, `exportable`, `allow_plaintext_backup` false | a key is made |
/// no |
/// | `GET MOUNT/keys/NAME` | after that, when a key is opened, when it does not sign | yes |
/// | `POST MOUNT/sign/NAME`, with `input`, `key_version` and what the scheme needs | each signature | yes |
/// | `GET auth/token/lookup-self` | a token is new, or a request was refused | yes |
/// | `POST auth/token/renew-self` | half of a token's life is over | yes |
/// | `POST auth/LOGIN/login`, with `role_id` and `secret_id` | AppRole | no |
/// | `GET sys/health`, without a token | it is asked whether Vault is there | yes |
///
/// RSA is asked for with `signature_algorithm` `pkcs1v15`, ECDSA with `marshaling_algorithm` `asn1`, both
/// `prehashed` and with the `hash_algorithm`; Ed25519 gets the whole message, of which Vault takes 768 KiB
/// unless its listener's `max_json_string_value_length` says otherwise.
///
/// ## On the disk
///
/// A [dev.chancery.keys.handle.HandleDirectory]; its package has the fields. `version` is 1, and two fields
/// are added:
///
/// | field | content |
/// |---|---|
/// | `vault_salt` | 16 random bytes in lower-case hex |
/// | `vault_key_version` | which version of the key in Transit signs: 1, the one with which it was made |
///
/// ## Binding
///
/// One key, one format, one authority: who can write the handle and has no token that may make keys must not
/// be able to give the key another use. The key's name in Transit therefore is `chancery-` and the hex of
///
/// ```text
/// SHA-256( f("chancery-vault-key-1") f(salt) f(authority) f(format) f(purpose) f(algorithm) f(created) f(expires)
/// f(namespace) )
/// f(x) = length of x in bytes as 4 bytes, big-endian, and x; texts in UTF-8 as in the file; expires and namespace are
///        empty when absent
/// ```
///
/// and is computed from the handle whenever the key is asked for. A handle in which a field was changed names
/// no key. Transit renames no key, unless it is backed up in plain text, which is looked for. The public key
/// is not in the hash, because it is not known yet when the key is named: it is compared when the key is
/// opened.
///
/// Vault's word is asked for, not assumed. After a key was made, and each time it is opened, it has to have
/// the type that the handle says, to sign, and to be none that is derived from, exportable, imported, backed
/// up or restored in plain text, or free to be deleted; else it is refused with rule `vault-key`.
///
/// ## Versions
///
/// Each signature names the version that the handle names, and the answer has to bear it (`vault:v1:`).
/// Rotating the key in Transit therefore changes nothing here: what was signed is verified, and what is
/// signed is signed by the same private key. A version that is trimmed, or older than
/// `min_encryption_version`, is refused with rule `vault-version`. A new key of an authority is a new key in
/// Transit, with a name of its own.
///
/// ## Login
///
/// By a token, by AppRole, or by nothing where an agent adds its token: [VaultLogin]. A token is renewed by
/// the request that comes when half of its life is over; there is no thread. One that Vault refuses is got
/// anew: read again from its file, or by AppRole. A secret ID that was refused is not sent again for five
/// minutes, because five wrong ones lock a role. Tokens and secret IDs are 1 to 4,096 and 1 to 1,024 bytes of
/// printable ASCII; they are overwritten after use, as far as arrays go, and stand in no error.
///
/// ## Errors
///
/// | what | error |
/// |---|---|
/// | no connection; no answer within 10 s (60 s when a key is made); sealed; a standby; too many requests; nonsense |
/// unavailable |
/// | Vault gives or takes no token | refused, `vault-login` |
/// | the token may not do this | refused, `vault-denied` |
/// | the server's certificate is not trusted, or for another name | refused, `vault-tls` |
/// | the key is not what its handle says | refused, `vault-key` |
/// | the key's version signs no more | refused, `vault-version` |
/// | Vault says no for a reason of its own, which is quoted | refused, `vault-request` |
///
/// After each of them the next request begins anew: nothing has to be restarted.
///
/// ## In a sandbox
///
/// After [VaultKeys#logIn] and when all keys are open, signing opens connections to [VaultKeys#connectsTo]
/// and reads [VaultKeys#filesReadAgain]; nothing else. The host's name is resolved once: when Vault gets
/// another address, the process has to be restarted.
@NullMarked
package dev.chancery.keys.vault;

import org.jspecify.annotations.NullMarked;
