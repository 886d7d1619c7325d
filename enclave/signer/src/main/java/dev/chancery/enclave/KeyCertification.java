// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.CertifyingFormat;
import dev.chancery.formats.Formats;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.keys.handle.KeyMaker;
import java.security.SecureRandom;
import java.time.Clock;

/// Certificates that somebody else issues for keys that are there: asks for them and takes them in.
///
/// Like [KeyBirth] it is apart from [Engine]: no requester of signatures gets here.
public final class KeyCertification {
    private final KeyMaker keys;
    private final Formats formats;
    private final Clock clock;
    private final SecureRandom random;

    public KeyCertification(KeyMaker keys, Formats formats, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.formats = formats;
        this.clock = clock;
        this.random = random;
    }

    /// A certification request, signed by the key. The subject is the caller's choice, the rest of what is
    /// signed is not.
    public Bytes request(Key key, String subject) {
        return certifying(key).request(keys.open(key.id()), subject);
    }

    /// Checks what was issued and stores it with the key, whose signatures carry it from the next start on. The
    /// caller publishes it too; until then it is as good, for what is trusted is the key.
    public CertificateChain install(Key key, Bytes issued) {
        var chain = certifying(key).issued(key, issued, clock.instant());
        keys.certify(keys.open(key.id()), chain, random);
        return chain;
    }

    private CertifyingFormat certifying(Key key) {
        return formats.get(key.format())
                .signing()
                .certifying()
                .orElseThrow(() -> new MalformedException("format %s has no certificates".formatted(key.format())));
    }
}
