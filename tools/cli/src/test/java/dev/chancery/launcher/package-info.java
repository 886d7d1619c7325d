// SPDX-License-Identifier: Apache-2.0
/// The real start scripts, run as processes: from `git clone` to a running JVM.
@NullMarked
package dev.chancery.launcher;

import org.jspecify.annotations.NullMarked;
