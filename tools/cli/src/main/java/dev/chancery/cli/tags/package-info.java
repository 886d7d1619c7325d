// SPDX-License-Identifier: Apache-2.0
/// The commands about tags: short texts that several authorities sign, each in one file under its name.
///
/// ```
/// tag create jira-1.0 --as jenkins-prd --param job=42   payload, engine, arrival, a new file tags/jira-1.0.tag
/// tag sign jira-1.0 --as qa                             the same payload; the signature is joined under a lock
/// tag show jira-1.0 --require jenkins-prd --require qa  the text, if both have signed it; else nothing
/// ```
///
/// [TagStore] is the directory in which the files lie: whole files under their names, changed under a lock, at most
/// 100,000. [TagSignatures] asks the engine for signatures of one payload, and checks each when it arrives.
/// [Explanation] writes down how stock tools verify a tag. The form of a tag and its limits are `dev.chancery.tag`'s.
///
/// Nothing of a text reaches standard output before the policy accepts it.
@NullMarked
package dev.chancery.cli.tags;

import org.jspecify.annotations.NullMarked;
