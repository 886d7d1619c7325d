// SPDX-License-Identifier: Apache-2.0
/// The front door for programs: verifies and attests files as the `chancery` command does.
///
/// [FileVerifier] takes a directory of public keys ([KeyringDirectory]), looks for signature files beside an
/// artifact ([SignatureFiles]), reads the artifact once, and asks a policy. [Attestor] makes statements with
/// a private key that the program brings, wherever that key lives. Both take files and directories
/// ([TreeFiles]).
///
/// Nothing here reads a clock, opens a connection, writes a file or starts a thread of its own for small
/// files: the time that keys are judged by is an argument, and where a signature is stored is the program's
/// business. Errors are the three of `dev.chancery.core`: *malformed* (a keyring file that is not one),
/// *refused*, and *unavailable* (a file that cannot be read). A signature file that is not one is no error
/// but a finding, so that others still count.
///
/// All types may be used by several threads at once.
@NullMarked
package dev.chancery.files;

import org.jspecify.annotations.NullMarked;
