// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A format for these tests: a file has the magic word and then lines `KEY SIZE`, each a signature over every
/// content of so many bytes.
record InMemoryFormat(String magic, DigestAlgorithm algorithm, Map<KeyId, Authority> owners) implements FormatKeyring {
    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        var lines = new String(signatureFile.toArray(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (lines.isEmpty() || !lines.getFirst().equals(magic)) {
            throw new MalformedException("file does not begin with " + magic);
        }
        var claimed = new ArrayList<ClaimedSignature>();
        for (String line : lines.subList(1, lines.size())) {
            var parts = line.split(" ", 2);
            claimed.add(new Claimed(new KeyId(parts[0]), Long.parseLong(parts[1])));
        }
        return claimed;
    }

    private final class Claimed implements ClaimedSignature {
        private final KeyId key;
        private final long size;

        Claimed(KeyId key, long size) {
            this.key = key;
            this.size = size;
        }

        @Override
        public Set<Measure> measures() {
            return Set.of(Measure.digest(algorithm));
        }

        @Override
        public Verdict check(Measured content, Instant now) {
            var owner = owners.get(key);
            if (owner == null) {
                return new Verdict.Bad(Reason.UNKNOWN_KEY, "no key " + key);
            }
            return content.size() == size
                    ? new Verdict.Good(owner, key, Optional.of(now))
                    : new Verdict.Bad(Reason.OTHER_CONTENT, "it is over other content");
        }
    }
}
