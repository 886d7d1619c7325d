// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.Requester;
import java.io.IOException;

/// What is said at one kind of door. Used by several threads, one for each connection.
interface Conversation {
    /// Talks until it is over; the connection is closed then. An `IOException` says that the other side has
    /// gone.
    void hold(Connection connection, Requester peer) throws IOException;

    /// Says why there is no conversation.
    void turnAway(Connection connection, ChanceryException reason) throws IOException;
}
