// SPDX-License-Identifier: Apache-2.0
/// The server as a user meets it: the packaged command, and `curl` and the stock verifiers as the other side.
///
/// Each class starts one server for all of its tests; what they sign bears names of their own. Nothing leaves
/// loopback.
@NullMarked
package dev.chancery.serving;

import org.jspecify.annotations.NullMarked;
