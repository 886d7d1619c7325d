// SPDX-License-Identifier: Apache-2.0
package dev.chancery.key;

import dev.chancery.core.MalformedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The kinds of keys that the office makes. Other people's keys may be of more kinds: see [PublicKey].
public enum KeyAlgorithm {
    ED25519(Scheme.ED25519, 256),
    ECDSA_P256(Scheme.ECDSA_P256, 256),
    ECDSA_P384(Scheme.ECDSA_P384, 384),
    RSA_3072(Scheme.RSA, 3072),
    RSA_4096(Scheme.RSA, 4096);

    private final Scheme scheme;
    private final int bits;

    KeyAlgorithm(Scheme scheme, int bits) {
        this.scheme = scheme;
        this.bits = bits;
    }

    public static KeyAlgorithm parse(String label) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.label().equals(label))
                .findFirst()
                .orElseThrow(() -> MalformedException.value(
                        "algorithm",
                        label,
                        "is not one of "
                                + Arrays.stream(values())
                                        .map(KeyAlgorithm::label)
                                        .collect(Collectors.joining(", "))));
    }

    /// The name on the command line and in key files: `ecdsa-p256`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Scheme scheme() {
        return scheme;
    }

    public int bits() {
        return bits;
    }
}
