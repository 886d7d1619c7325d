// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.key.KeyAlgorithm;
import java.util.List;

/// What a reader of `docs/formats.md` would want to know of a format first. The first of each list is the default.
public record FormatDescription(
        FormatName name, Signs signs, List<KeyAlgorithm> algorithms, List<Written> encodings, PublicKeys publicKeys) {
    /// What a signature of the format is over. Only those over artifacts are made by `chancery sign`; statements
    /// never count where a requirement names an authority and nothing else.
    public enum Signs {
        /// An artifact: any bytes.
        ARTIFACT,
        /// A statement about artifacts, whose content the format reads and writes itself.
        STATEMENT,
        /// A manifest of an OCI registry, whose form the format checks.
        MANIFEST,
        /// The text of a tag, whose form the format checks.
        TAG
    }

    /// How public keys of the format are kept: the suffix of their file, and whether a certify-only key of the
    /// authority vouches for its signing keys.
    public record PublicKeys(String suffix, boolean certified) {}

    /// An encoding and the suffix that its ecosystem expects: `.asc`.
    public record Written(Encoding encoding, String suffix) {}

    /// A format for artifacts.
    public FormatDescription(
            FormatName name, List<KeyAlgorithm> algorithms, List<Written> encodings, PublicKeys publicKeys) {
        this(name, Signs.ARTIFACT, algorithms, encodings, publicKeys);
    }

    public FormatDescription {
        algorithms = List.copyOf(algorithms);
        encodings = List.copyOf(encodings);
    }

    public Encoding defaultEncoding() {
        return encodings.getFirst().encoding();
    }

    public KeyAlgorithm defaultAlgorithm() {
        return algorithms.getFirst();
    }

    /// The suffix of a signature file, and proof that the format knows the encoding.
    public String suffix(Encoding encoding) {
        return encodings.stream()
                .filter(written -> written.encoding() == encoding)
                .findFirst()
                .orElseThrow(() -> new MalformedException("format %s has no encoding %s, only %s"
                        .formatted(
                                name,
                                encoding.label(),
                                Encoding.labels(encodings.stream()
                                        .map(Written::encoding)
                                        .toList()))))
                .suffix();
    }

    public void requireAlgorithm(KeyAlgorithm algorithm) {
        if (!algorithms.contains(algorithm)) {
            throw new MalformedException("format %s takes no %s key, only %s"
                    .formatted(
                            name,
                            algorithm.label(),
                            String.join(
                                    ", ",
                                    algorithms.stream().map(KeyAlgorithm::label).toList())));
        }
    }
}
