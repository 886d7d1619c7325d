// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.UnavailableException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;

/// Initialised JCA objects of one key: each serves one thread at a time, and initialising one costs as much as
/// using it. An object that threw is not used again.
final class Pool<T> {
    /// Objects kept: more than there are processors to use them at once on any machine that we run on.
    private static final int KEPT_MAX = 64;

    interface Making<T> {
        T make() throws GeneralSecurityException;
    }

    interface Use<T> {
        byte[] with(T object) throws GeneralSecurityException;
    }

    private final ArrayBlockingQueue<T> spare = new ArrayBlockingQueue<>(KEPT_MAX);
    private final Making<T> making;

    Pool(Making<T> making) {
        this.making = making;
    }

    byte[] use(Use<T> use) {
        try {
            T waiting = spare.poll();
            T object = waiting == null ? making.make() : waiting;
            byte[] result = use.with(object);
            // When the pool is full, the object is dropped: that is what the ignored answer says.
            var _ = spare.offer(object);
            return result;
        } catch (GeneralSecurityException e) {
            throw new UnavailableException("the private-key operation failed: " + e.getMessage(), e);
        }
    }
}
