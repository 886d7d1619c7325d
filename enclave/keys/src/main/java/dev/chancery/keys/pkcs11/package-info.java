// SPDX-License-Identifier: Apache-2.0
/// The key provider `pkcs11`: private keys in a token (an HSM, a smart card, SoftHSM), reached through its
/// vendor's Cryptoki module by PKCS #11 v3.0 or v2.40. Keys are made in the token and cannot leave it.
///
/// ## In the token
///
/// A private and a public key object with the same `CKA_ID`. The private one has `CKA_PRIVATE`,
/// `CKA_SENSITIVE` and `CKA_SIGN` true, `CKA_EXTRACTABLE`, `CKA_DECRYPT`, `CKA_UNWRAP` and `CKA_DERIVE`
/// false, and `CKA_MODIFIABLE` false where the token takes that. All of it is read back after the key was
/// made and each time it is opened, together with `CKA_LOCAL`, `CKA_ALWAYS_SENSITIVE` and
/// `CKA_NEVER_EXTRACTABLE`: a key for which the token does not vouch is refused with rule `token-key`.
/// `CKA_LABEL` is for people.
///
/// ## On the disk
///
/// A [dev.chancery.keys.handle.HandleDirectory]; its package has the fields. `version` is 1, and one field
/// is added:
///
/// | field | content |
/// |---|---|
/// | `token_salt` | 16 random bytes in lower-case hex |
///
/// ## Binding
///
/// One key, one format, one authority: who can write the handle and has no PIN must not be able to give the
/// key another use. `CKA_ID` therefore is
///
/// ```text
/// SHA-256( f("chancery-token-key-1") f(salt) f(authority) f(format) f(purpose) f(algorithm) f(created) f(expires)
/// f(namespace) )
/// f(x) = length of x in bytes as 4 bytes, big-endian, and x; texts in UTF-8 as in the file; expires and namespace are
///        empty when absent
/// ```
///
/// and is computed from the handle whenever the key is looked for. A handle in which a field was changed
/// names no object. To give an object another `CKA_ID`, or to put a second private one there, takes the
/// PIN: only who is logged in can make or change an object with `CKA_PRIVATE` true. The public key is not
/// in the hash, because it is not known yet when the token is told the `CKA_ID`; the handle's has to be
/// that of the public key object instead. Public key objects can be exchanged without a PIN in some tokens.
/// Who exchanges one and changes the handle to match gets signatures by the old private key that do not
/// verify with the new public key, and the enclave lets none of them out.
///
/// The enclave's part of the protection is the same as that of key files: it does not keep an old handle
/// from being put back in place, nor a handle or object from being deleted. Who has the PIN can make keys
/// of any description.
///
/// ## Sessions
///
/// One login per token, and at most 32 sessions, or as many as the token says that it has. What is asked of
/// a token that was unplugged, reset or logged out is asked again: first with the token looked for anew by
/// its label, then after C_Finalize and C_Initialize. Then it is `UnavailableException`; the next request
/// begins anew, so that a token that is plugged in again serves without a restart of the process.
///
/// ## PIN
///
/// A line of 1 to 255 bytes, kept in memory to log in again. A wrong one is refused with rule `key-pin` and
/// not tried again by this process, because tokens lock after a few. A token that says that one more wrong
/// PIN would lock it (`CKF_USER_PIN_FINAL_TRY`) is not given any.
///
/// ## Native code
///
/// The module's code runs in this process and can do all that the process can; it is loaded only from a
/// file that nobody but root and the caller can write. One process serves one token, where a crash of the
/// one vendor's module must not take the keys of another one away: `docs/decisions/0011-tokens.md`. A call
/// into the module pins its thread, so that signing is done on platform threads.
package dev.chancery.keys.pkcs11;
