// SPDX-License-Identifier: Apache-2.0
/// The commands that make an office, its authorities and their keys, and give out and take in public keys.
///
/// | command | what it does |
/// |---|---|
/// | `init` | makes the directory of an office, its rules and its passphrase |
/// | `authority add` | makes keys of an authority, one for each format, and a signing rule for the caller |
/// | `authority list` | shows the keys |
/// | `keyring export` | writes public keys for `chancery verify`, or in the form of another tool |
/// | `keyring import` | takes in somebody else's public key under a name |
///
/// A key is published last: until its public half lies in the keyring, nothing that it signs counts, and
/// `authority add` takes up what was interrupted.
@NullMarked
package dev.chancery.cli.authorities;

import org.jspecify.annotations.NullMarked;
