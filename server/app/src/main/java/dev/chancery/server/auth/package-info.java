// SPDX-License-Identifier: Apache-2.0
/// Who asks: from a request's credential to a requester of the enclave's rules, and to what the credential is
/// good for.
///
/// | credential | how it comes | requester | who says so |
/// |---|---|---|---|
/// | a token of this server | `Authorization: Bearer chy_...` | `token:NAME` | the store |
/// | a client certificate | in the handshake of TLS | `cert:NAME` | a rule with one exact alternative name |
/// | a token of an identity provider | `Authorization: Bearer eyJ...` (JWT) | `oidc:NAME` | a rule over its claims |
/// | none | | anonymous | |
///
/// A scope says what a credential is good for: `sign:AUTHORITY`, `attest:AUTHORITY`, `tag:AUTHORITY` (`*` for
/// every authority), and `read` for what is not for everybody to read. Scopes only take away: the enclave's
/// signing rules decide in the end. What no scope covers is refused by the rule `token-scope`.
///
/// A credential that is wrong is answered 401 in the same words, whether it is mistyped, unknown, expired,
/// revoked, signed by another key or fitting no rule; the reason goes to the journal, without the credential.
/// A wrong one is never taken for none. A token and a certificate together have to bear the same NAME, else
/// the answer is 400; the token's scopes hold then. Exactly one rule may fit a certificate or a token.
///
/// Tokens of identity providers: RS256, ES256 or EdDSA, as configured for the issuer; `kid`, `exp` and `iat`
/// are required, `aud` is this server and nobody else, `typ` is `JWT`, `at+jwt` or absent, `crit` is not
/// understood (RFC 8725).
///
/// | limit | value | why |
/// |---|---|---|
/// | clock skew | 60 s | |
/// | life of a token, `iat` to `exp` | 1 hour, or as configured up to a day | who steals one has it no longer |
/// | characters of a token | 12,000 | |
/// | keys of an issuer used without asking again | 15 minutes | |
/// | between two attempts to fetch them | 30 s | invented key ids do not make us a hammer |
/// | keys used while the issuer is away | 12 hours | |
/// | a document of an issuer | 128 KiB, 10 s, no redirect | |
@NullMarked
package dev.chancery.server.auth;

import org.jspecify.annotations.NullMarked;
