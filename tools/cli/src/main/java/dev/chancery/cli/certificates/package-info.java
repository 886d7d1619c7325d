// SPDX-License-Identifier: Apache-2.0
/// The commands for the certificates of keys: ask a certificate authority for one, take in what it answers,
/// show what is there.
@NullMarked
package dev.chancery.cli.certificates;

import org.jspecify.annotations.NullMarked;
