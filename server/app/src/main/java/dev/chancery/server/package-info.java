// SPDX-License-Identifier: Apache-2.0
/// The server's one wiring file.
///
/// Everything that needs a network is below this package: HTTP, who asks, the log. It holds no authority's key.
@NullMarked
package dev.chancery.server;

import org.jspecify.annotations.NullMarked;
