// SPDX-License-Identifier: Apache-2.0
/// Where artifacts and what belongs to them lie under their names: a directory; an HTTP server that takes files by
/// `PUT` (RFC 9110, section 9.3.4), as WebDAV servers and raw and Maven repositories of Nexus and Artifactory do; a
/// bucket of Amazon S3 or of what speaks its interface (API version 2006-03-01).
///
/// A place reads, and writes what is not there; nothing here replaces or deletes. It believes nobody and is believed by
/// nobody: who reads from it verifies what he reads, who writes to it reads it back. Redirections are followed for
/// reading, five times at most, never from `https` to `http`, and the credential does not go along to another host.
/// Credentials come from `~/.netrc`, from files or (those of buckets) from the environment, never from the command
/// line, and go over TLS or to this machine only.
@NullMarked
package dev.chancery.cli.places;

import org.jspecify.annotations.NullMarked;
