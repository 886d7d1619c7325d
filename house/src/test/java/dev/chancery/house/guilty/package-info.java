// SPDX-License-Identifier: Apache-2.0

/// A small tree of packages, laid out like the real one, in which every package rule is broken at least once.
///
/// The rules must condemn what is guilty here and must not name what is called `innocent`. Nothing here ever runs.
@NullMarked
package dev.chancery.house.guilty;

import org.jspecify.annotations.NullMarked;
