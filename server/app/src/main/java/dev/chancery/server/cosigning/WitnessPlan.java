// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.cosigning;

import java.nio.file.Path;
import java.util.Optional;

/// Whom a log asks for cosignatures.
///
/// @param policy a file in the form of C2SP `tlog-policy`
/// @param authorities a PEM file with the certificates by which witnesses are believed to be at their URLs; without it
/// those that the Java runtime trusts
public record WitnessPlan(Path policy, Optional<Path> authorities) {}
