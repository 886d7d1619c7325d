// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.keys.handle.SecretBytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/// Makes shares of a private key, and the private key of shares.
public final class KeySharing {
    /// Bouncy Castle's name for the field of 256 elements with the polynomial 0x11b.
    private static final ShamirSecretSplitter.Algorithm FIELD = ShamirSecretSplitter.Algorithm.AES;

    private final SecureRandom random;

    public KeySharing(SecureRandom random) {
        this.random = random;
    }

    /// What shall be shared: the set but for its name and commitments.
    public record Plan(SharedKey key, Instant made, int required, int shares) {
        public Plan {
            ShareSet.requireNumbers(required, shares);
        }
    }

    /// In the order of their numbers. Both ends of the list have been joined again and are the key.
    public List<KeyShare> split(Plan plan, SecretBytes privateKey) {
        KeyShare.requireLength(privateKey);
        byte[] unique = new byte[ShareSet.NAME_BYTES];
        random.nextBytes(unique);
        var name = Bytes.of(unique);
        var values = values(plan, privateKey);
        var commitments = new ArrayList<Bytes>();
        for (int index = 0; index < values.size(); index++) {
            commitments.add(ShareSet.commitment(name, index + 1, values.get(index)));
        }
        var set = new ShareSet(plan.key(), name, plan.made(), plan.required(), commitments);
        var shares = new ArrayList<KeyShare>();
        for (int index = 0; index < values.size(); index++) {
            shares.add(new KeyShare(set, index + 1, values.get(index)));
        }
        requireSame(shares.subList(0, plan.required()), privateKey);
        requireSame(shares.subList(plan.shares() - plan.required(), plan.shares()), privateKey);
        return List.copyOf(shares);
    }

    private List<SecretBytes> values(Plan plan, SecretBytes privateKey) {
        byte[] secret = privateKey.exposed();
        var splitter = ShamirSecretSplitter.getInstance(FIELD, secret.length, random);
        var values = new ArrayList<SecretBytes>();
        for (var share :
                splitter.resplit(secret, plan.required(), plan.shares()).getSecretShares()) {
            values.add(SecretBytes.owning(encoded(share)));
        }
        return values;
    }

    private static byte[] encoded(ShamirSplitSecretShare share) {
        try {
            return share.getEncoded();
        } catch (IOException e) {
            throw new AssertionError("bytes are copied, and nothing is written", e);
        }
    }

    private static void requireSame(List<KeyShare> some, SecretBytes privateKey) {
        try (var joined = interpolated(some)) {
            if (!MessageDigest.isEqual(joined.exposed(), privateKey.exposed())) {
                throw new IllegalStateException("shares that were just made are another key");
            }
        }
    }

    /// The private key of shares that belong together, under the names by which the caller knows them. Whether it
    /// is the right one is for the caller to see, by its public half.
    ///
    /// Throws `RefusedException` with rule `share-set` when they are not of one set or one is there twice, and
    /// with `share-missing` when they are too few.
    public static SecretBytes join(Map<String, KeyShare> named) {
        requireOneSet(named);
        requireOnce(named);
        var shares = List.copyOf(named.values());
        int required = shares.getFirst().set().required();
        if (shares.size() < required) {
            throw new RefusedException(
                    "share-missing",
                    "%d of %d shares are required, and %s here: %s"
                            .formatted(
                                    required,
                                    shares.getFirst().set().shares(),
                                    shares.size() == 1 ? "1 is" : shares.size() + " are",
                                    numbers(shares)));
        }
        return interpolated(shares);
    }

    private static String numbers(List<KeyShare> shares) {
        return shares.stream().map(share -> "share " + share.number()).collect(Collectors.joining(", "));
    }

    private static void requireOneSet(Map<String, KeyShare> named) {
        if (named.isEmpty()) {
            throw new MalformedException("there is no share");
        }
        var groups = named.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().set(),
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.joining(", "))));
        if (groups.size() == 1) {
            return;
        }
        boolean oneName =
                groups.keySet().stream().map(ShareSet::name).distinct().count() == 1;
        throw new RefusedException(
                "share-set",
                "%s: %s"
                        .formatted(
                                oneName
                                        ? "shares say different things of one set, so that some are forged"
                                        : "shares are of %d different sets".formatted(groups.size()),
                                String.join("; ", groups.values())));
    }

    private static void requireOnce(Map<String, KeyShare> named) {
        var seen = new LinkedHashMap<Integer, String>();
        named.forEach((name, share) -> {
            String before = seen.putIfAbsent(share.number(), name);
            if (before != null) {
                throw new RefusedException(
                        "share-set", "share %d is here twice: %s, %s".formatted(share.number(), before, name));
            }
        });
    }

    private static SecretBytes interpolated(List<KeyShare> shares) {
        var points = shares.stream()
                .map(share -> new ShamirSplitSecretShare(share.value().exposed(), share.number()))
                .toArray(ShamirSplitSecretShare[]::new);
        long lengths = shares.stream()
                .map(share -> share.value().exposed().length)
                .distinct()
                .count();
        if (lengths != 1) {
            throw new MalformedException("shares of one set have values of different lengths");
        }
        try {
            return SecretBytes.owning(
                    ShamirSplitSecret.getInstance(FIELD, points).getSecret());
        } catch (IOException e) {
            throw new AssertionError("bytes are copied, and nothing is read", e);
        }
    }
}
