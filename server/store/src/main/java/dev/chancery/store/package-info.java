// SPDX-License-Identifier: Apache-2.0
/// What a server remembers: one SQL store in two dialects, SQLite for one server, PostgreSQL for several.
///
/// This is the only package that sees `java.sql`.
@NullMarked
package dev.chancery.store;

import org.jspecify.annotations.NullMarked;
