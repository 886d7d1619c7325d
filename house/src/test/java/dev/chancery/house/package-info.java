// SPDX-License-Identifier: Apache-2.0

/// The house rules: what the architecture and the style guide say, as tests over the whole tree.
///
/// A rule that is only written down does not hold, so each rule here is a small class that takes what it judges
/// (a tree of files, parsed sources, imported classes) as an argument. It runs twice: over the real tree, where
/// it must find something to examine and nothing to condemn, and over a small guilty fixture, which it must
/// condemn by name. Guilty files live under `src/test/resources/guilty`, guilty classes in
/// `dev.chancery.house.guilty`.
///
/// - `tree`: the words all rules share: the files, a breach, a verdict, the allow-list
/// - `source`: budgets and shape of the Java sources
/// - `arrow`: who may know whom, between modules, between packages, and the nevers
/// - `prose`: documents, their links and snippets, and what must not be in any file
@NullMarked
package dev.chancery.house;

import org.jspecify.annotations.NullMarked;
