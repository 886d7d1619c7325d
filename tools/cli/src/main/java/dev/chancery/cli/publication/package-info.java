// SPDX-License-Identifier: Apache-2.0
/// The commands that bring public keys to the world: to outside key servers, and in words to those who verify.
///
/// | command | what it does |
/// |---|---|
/// | `keyring publish` | uploads OpenPGP certificates to a key server, when it is called and never by itself |
/// | `keyring instructions` | writes for one's users how to verify with the tools that they have |
///
/// `hkp://` and `hkps://` servers take a certificate by `POST /pks/add` (draft-gallagher-openpgp-hkp, section
/// 5.1), `vks://` ones by `POST /vks/v1/upload` (keys.openpgp.org/about/api), which answers whether it hands out
/// each address. Those that it does not yet, it asks about by mail, if `--verify-addresses` says so.
///
/// | limit | value | why |
/// |---|---|---|
/// | an answer | 64 KiB ([dev.chancery.cli.publication.KeyServer#ANSWER_BYTES_MAX]) | one line for each address |
/// | a connection; all of an exchange | 10 s; 60 s | a key server behind a queue takes its time |
@NullMarked
package dev.chancery.cli.publication;

import org.jspecify.annotations.NullMarked;
