// SPDX-License-Identifier: Apache-2.0
/// Packages out of directories: zip files with the same bytes on every machine, and signatures as package registries
/// want them.
///
/// A package of a directory has its files in the order of their names, below `NAME-VERSION/`, stored and not
/// compressed, of 1 January 1980, with mode 0755 where the owner may run a file and 0644 else. Nothing else of the
/// machine, the time or the user is in it. (A compressed one would depend on the library that compressed it:
/// docs/decisions/0029-packages.md.) A statement about all files may stand behind them, in `model.sig`. The form is
/// that of PKWARE's APPNOTE 6.3.10, with ZIP64 where numbers need it.
@NullMarked
package dev.chancery.cli.packages;

import org.jspecify.annotations.NullMarked;
