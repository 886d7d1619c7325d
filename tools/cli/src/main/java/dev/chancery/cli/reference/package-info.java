// SPDX-License-Identifier: Apache-2.0
/// What is generated from the definitions of the commands (picocli's model): completions for shells and man
/// pages.
///
/// | for | what | standard |
/// |---|---|---|
/// | bash, zsh | picocli's own script; zsh reads it through its `bashcompinit` | bash(1), zshcompsys(1) |
/// | fish | [FishCompletion]: one `complete` line for each command and option | fish: complete(1) |
/// | man | [ManPages]: `chancery.1`, and `chancery-sign.1` for each command that does something | man(7), man-pages(7)
/// |
///
/// So an option has one place where it is described. Everything here is a function of the model: no file, no
/// clock; the date of a man page is that of the build.
@NullMarked
package dev.chancery.cli.reference;

import org.jspecify.annotations.NullMarked;
