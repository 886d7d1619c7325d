// SPDX-License-Identifier: Apache-2.0
/// The table of formats.
///
/// Each format is a package that knows no other; [Formats] is the one place that names them all and pairs the
/// half that makes signatures with the half that reads them. The order is that of tables for people. Whoever
/// only verifies takes [Formats.Format#verifying]; the making halves hold no key and can do nothing without a
/// [dev.chancery.key.SigningKey].
@NullMarked
package dev.chancery.formats;

import org.jspecify.annotations.NullMarked;
