// SPDX-License-Identifier: Apache-2.0

/// `chancery:sign` and `chancery:verify` in a Maven build (docs/maven.md).
///
/// Both start the command and do nothing themselves that matters: which office signs, what a signature is worth and
/// what
/// a policy accepts is decided there, and Maven's JVM, with all the plugins that a build has loaded into it, sees no
/// key, no token and no parser of signatures. What is here is what only Maven knows: which files a project deploys and
/// by which names, what else it attaches, and where a dependency's signatures are to be had.
///
/// Fields of goals are what a `pom.xml` says; their comments are in the older form because Maven's own help is made of
/// them.
@NullMarked
package dev.chancery.maven;

import org.jspecify.annotations.NullMarked;
