// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.key.KeyId;
import java.util.Map;

/// A session in one thread's hands. `privateKeys` has the handles that this login found and checked
/// already: a token object's handle holds in all sessions of the application (PKCS #11 v3.0, section 3.4).
record Session(Cryptoki cryptoki, long handle, long slot, Map<KeyId, Long> privateKeys) {
    /// Another session that may write, for as long as the work takes.
    <T> T writable(Token.Work<T> work) {
        long session = cryptoki.openSession(slot, true);
        try {
            return work.with(new Session(cryptoki, session, slot, privateKeys));
        } finally {
            cryptoki.closeSession(session);
        }
    }

    boolean flag(long object, long attribute) {
        byte[] value = cryptoki.getAttributeValue(handle, object, attribute);
        return value.length == 1 && value[0] != 0;
    }

    byte[] bytes(long object, long attribute) {
        return cryptoki.getAttributeValue(handle, object, attribute);
    }
}
