// SPDX-License-Identifier: Apache-2.0
/// Tools that people have, set up to have their signing done by an office: each as a process, with the packaged
/// commands, and judged by stock verifiers.
@NullMarked
package dev.chancery.frontdoors;

import org.jspecify.annotations.NullMarked;
