// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.server.listener;

import io.helidon.webserver.http.ServerRequest;

/// The one place that may know the library.
record InnocentListener(ServerRequest request) {}
