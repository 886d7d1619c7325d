// SPDX-License-Identifier: Apache-2.0
/// The commands that make an office, its authorities and their keys, and give out and take in public keys.
@NullMarked
package dev.chancery.cli.authorities;

import org.jspecify.annotations.NullMarked;
