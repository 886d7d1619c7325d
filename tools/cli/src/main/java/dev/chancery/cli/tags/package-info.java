// SPDX-License-Identifier: Apache-2.0
/// The commands about tags: short texts that several authorities sign, each in one file under its name.
///
/// [TagStore] is the directory in which the files lie; [TagSignatures] asks the engine for signatures of one payload;
/// [Explanation] writes down how stock tools verify a tag. The form of a tag is `dev.chancery.tag`'s.
@NullMarked
package dev.chancery.cli.tags;

import org.jspecify.annotations.NullMarked;
