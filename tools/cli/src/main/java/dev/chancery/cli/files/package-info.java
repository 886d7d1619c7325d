// SPDX-License-Identifier: Apache-2.0
/// Files that a command reads and writes.
///
/// [Content] is an artifact that lies here or comes in on
/// standard input, read once with flat memory. [OutputFiles] writes several files so that each is there whole
/// or not at all: hidden names, flushed to the disk, then linked, without ever replacing a file unasked. Every
/// failure names the file and the cause, and is *unavailable*; a file over its limit is *malformed*.
@NullMarked
package dev.chancery.cli.files;

import org.jspecify.annotations.NullMarked;
