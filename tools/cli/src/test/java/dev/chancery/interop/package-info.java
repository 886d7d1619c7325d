// SPDX-License-Identifier: Apache-2.0
/// Stock tools judge the packaged command, and it judges them, on real files.
///
/// Where a tool is missing, the test says which Debian package has it and is skipped; with `-Dinterop=required`
/// it fails. Every tool runs with a home of its own below the test's temporary directory.
@NullMarked
package dev.chancery.interop;

import org.jspecify.annotations.NullMarked;
