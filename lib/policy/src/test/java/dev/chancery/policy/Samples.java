// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Values that the tests share.
final class Samples {
    static final FormatName OPENPGP = new FormatName("openpgp");
    static final FormatName RAW = new FormatName("raw");
    static final List<String> AUTHORITIES = List.of("dev", "jenkins-prd", "legal", "qa", "release", "security");

    private static final String TYPE = "https://example.com/build/v1";

    private Samples() {}

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Artifact artifact(String name, long size) {
        return new Artifact(new ArtifactName(name), size);
    }

    static Authority authority(String name) {
        return new Authority(name);
    }

    /// `qa` signs with OpenPGP, `qa/raw` with that format.
    static Set<SignedBy> signed(String... signers) {
        var signed = new HashSet<SignedBy>();
        for (String signer : signers) {
            int slash = signer.indexOf('/');
            signed.add(
                    slash < 0
                            ? new SignedBy(authority(signer), OPENPGP)
                            : new SignedBy(
                                    authority(signer.substring(0, slash)),
                                    new FormatName(signer.substring(slash + 1))));
        }
        return signed;
    }

    /// An authority that stated its job.
    static SignedBy stated(String name, String job) {
        var said = new Predicate(TYPE, new TreeMap<>(Map.of("/job", job)));
        return new SignedBy(authority(name), new FormatName("statement"), Optional.of(said));
    }

    /// A requirement from its form in a policy file, with `'` for `"`.
    static Requirement requirement(String json) {
        return RequirementJson.read(Json.parse(bytes(json.replace('\'', '"')), "require"));
    }

    /// Any requirement over six authorities, two formats and two statements.
    static Requirement requirement(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            Authority authority = authority(AUTHORITIES.get(random.nextInt(AUTHORITIES.size())));
            if (random.nextInt(5) == 0) {
                String job = Integer.toString(random.nextInt(2));
                return new Requirement.Stated(authority, TYPE, new TreeMap<>(Map.of("job", job)));
            }
            return new Requirement.Signed(authority, random.nextInt(3) == 0 ? Set.of(OPENPGP) : Set.of());
        }
        var entries = new ArrayList<Requirement>();
        var listed = new HashSet<Authority>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Requirement entry = requirement(random, random.nextInt(depth));
            if (!(entry instanceof Requirement.Signed signed) || listed.add(signed.authority())) {
                entries.add(entry);
            }
        }
        try {
            return new Requirement.AtLeast(1 + random.nextInt(entries.size()), entries);
        } catch (MalformedException e) {
            return new Requirement.AtLeast(entries.size(), entries);
        }
    }

    static Set<SignedBy> signed(Random random) {
        var signed = new HashSet<SignedBy>();
        for (String name : AUTHORITIES) {
            if (random.nextInt(3) == 0) {
                signed.add(new SignedBy(authority(name), OPENPGP));
            }
            if (random.nextInt(5) == 0) {
                signed.add(new SignedBy(authority(name), RAW));
            }
            if (random.nextInt(3) == 0) {
                signed.add(stated(name, Integer.toString(random.nextInt(2))));
            }
        }
        return signed;
    }
}
