// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.protocol.Frames;
import java.util.concurrent.Semaphore;

/// What a question weighs while it is worked on and its answer is on the way.
///
/// @param octets of its text; what is small counts nothing
record Load(int requests, int octets) {
    /// Octets up to which a question counts as nothing: with as many connections as a door has, little.
    private static final int SMALL_OCTETS = 16 * 1024;

    static final Load NONE = new Load(0, 0);

    static int weight(int octets) {
        return octets > SMALL_OCTETS ? octets : 0;
    }

    /// What somebody may have on the way at once. Who wants more waits, and so does whoever sends to him.
    static final class Limit {
        private final Semaphore requests;
        private final Semaphore octets;
        private final int requestsMax;

        /// Requests, and octets of large questions. Fair: who waits first goes on first.
        private Limit(int requestsMax, int octetsMax) {
            this.requestsMax = requestsMax;
            this.requests = new Semaphore(requestsMax, true);
            this.octets = new Semaphore(octetsMax, true);
        }

        /// For one connection: two full questions, so that the next is read while one is worked on.
        static Limit ofConnection() {
            return new Limit(2_000, 2 * Frames.QUESTION_BYTES_MAX);
        }

        /// For all connections of one peer: some 24 MB of answers, and four of the largest questions.
        static Limit ofPeer() {
            return new Limit(4_000, 4 * Frames.QUESTION_BYTES_MAX);
        }

        void take(Load load) {
            octets.acquireUninterruptibly(load.octets());
            requests.acquireUninterruptibly(load.requests());
        }

        void giveBack(Load load) {
            octets.release(load.octets());
            requests.release(load.requests());
        }

        /// Waits until everything has been given back.
        void takeAllRequests() {
            requests.acquireUninterruptibly(requestsMax);
        }
    }
}
