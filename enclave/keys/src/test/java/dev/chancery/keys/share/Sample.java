// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyPurpose;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.SecretBytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sets of shares of bytes that stand for a private key.
final class Sample {
    static final Instant MADE = Instant.parse("2027-01-01T00:00:00Z");
    static final int SECRET_BYTES = 48;

    private Sample() {}

    static SharedKey key(Optional<Instant> expires) {
        var description = new NewKey(
                new Authority("release"),
                new FormatName("openpgp"),
                KeyPurpose.CERTIFY,
                KeyAlgorithm.ED25519,
                MADE,
                expires,
                Optional.empty());
        return new SharedKey(description, new KeyId("ab".repeat(32)), "0123456789ABCDEF".repeat(2) + "01234567");
    }

    static byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    static List<KeyShare> split(byte[] secret, int required, int shares) {
        var plan = new KeySharing.Plan(key(Optional.empty()), MADE, required, shares);
        return new KeySharing(new SecureRandom()).split(plan, SecretBytes.owning(secret.clone()));
    }

    /// Under the names `share 1`, `share 2` and so on.
    static Map<String, KeyShare> named(List<KeyShare> shares) {
        var named = new LinkedHashMap<String, KeyShare>();
        shares.forEach(share -> named.put("file " + (named.size() + 1), share));
        return named;
    }
}
