// SPDX-License-Identifier: Apache-2.0
/// API tokens: who may ask without a certificate.
///
/// A token's secret is 256 random bits, and the store has its SHA-256: who reads the store cannot ask with
/// what he reads. No slow hash is needed, because there is nothing to guess: a dictionary of 2^256 secrets
/// helps nobody, at any speed. Looking the hash up takes as long as a look into an index takes, and tells
/// nobody how much of a secret he has right, since a secret that is nearly right has quite another hash.
///
/// A token has a name, which requesters and rules go by (`token:ci-release`), scopes, and an end. A name is
/// given once, for ever: a rule, an audit line or a log entry that names a token must never mean a second
/// one, so the name of a revoked token is not free again.
///
/// | limit | value | why |
/// |---|---|---|
/// | name | 64 characters ([Token#NAME_CHARACTERS_MAX]) | fits a requester with its kind |
/// | scope | 64 characters of printable ASCII without spaces | one word |
/// | scopes of a token | 32 ([Token#SCOPES_MAX]) | what one person reads |
@NullMarked
package dev.chancery.store.token;

import org.jspecify.annotations.NullMarked;
