// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.server;

import io.helidon.webserver.http.ServerRequest;

/// A handler that takes what the listener's library gives.
record Handler(ServerRequest request) {}
