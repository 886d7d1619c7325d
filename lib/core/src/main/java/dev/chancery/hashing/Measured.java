// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Artifact;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of an artifact's content. Whoever measured it vouches for it.
public final class Measured {
    /// Bytes of content that may travel whole, for the formats that sign the content itself (pure Ed25519).
    public static final int CONTENT_BYTES_MAX = 1 << 20;

    /// Of content whose size nobody said.
    private static final long UNKNOWN = -1;

    private final long size;
    private final Map<DigestAlgorithm, Digest> digests;
    private final Map<Measure.OfState, HashState> states;
    private final Optional<Bytes> content;
    private final Optional<Tree> tree;

    /// Of a directory nothing else is known, so that what holds for a file's bytes never holds for it.
    private Measured(Tree tree) {
        this.size = 0;
        this.digests = Map.of();
        this.states = Map.of();
        this.content = Optional.empty();
        this.tree = Optional.of(tree);
    }

    private Measured(
            long size,
            Map<DigestAlgorithm, Digest> digests,
            Map<Measure.OfState, HashState> states,
            Optional<Bytes> content) {
        this.size = size;
        this.digests = Map.copyOf(digests);
        this.states = Map.copyOf(states);
        this.content = content;
        this.tree = Optional.empty();
    }

    public static Measured of(Tree tree) {
        return new Measured(tree);
    }

    /// Of what only digests are known, and not even how long it is.
    public static Measured ofDigests(Map<DigestAlgorithm, Digest> digests) {
        if (digests.isEmpty()) {
            throw new MalformedException("of content without a size there has to be a digest");
        }
        digests.forEach((algorithm, digest) -> requireKind("digest", algorithm, digest.algorithm()));
        return new Measured(UNKNOWN, digests, Map.of(), Optional.empty());
    }

    /// Puts measurements together and refuses those that contradict each other in length or kind.
    public static Measured of(
            long size,
            Map<DigestAlgorithm, Digest> digests,
            Map<Measure.OfState, HashState> states,
            Optional<Bytes> content) {
        if (size < 0 || size > Artifact.SIZE_BYTES_MAX) {
            throw new MalformedException(
                    "content size %d is not 0 to %d bytes".formatted(size, Artifact.SIZE_BYTES_MAX));
        }
        digests.forEach((algorithm, digest) -> requireKind("digest", algorithm, digest.algorithm()));
        states.forEach((measure, state) -> {
            requireKind("hash state", measure.algorithm(), state.algorithm());
            long length = state.length() - measure.salt().length();
            if (!fits(measure.form(), length, size)) {
                throw new MalformedException(
                        "hash state covers %d bytes of content of %d bytes".formatted(length, size));
            }
            requireSalt(measure.salt(), state);
        });
        content.ifPresent(bytes -> {
            if (bytes.length() != size || size > CONTENT_BYTES_MAX) {
                throw new MalformedException("content has %d bytes where its size says %d, at most %d"
                        .formatted(bytes.length(), size, CONTENT_BYTES_MAX));
            }
        });
        return new Measured(size, digests, states, content);
    }

    /// A text form may be shorter than the bytes, and is at most twice as long: when all of them are line
    /// feeds.
    private static boolean fits(ContentForm form, long length, long size) {
        return form == ContentForm.BYTES ? length == size : length >= 0 && length <= 2 * size;
    }

    /// That a state was begun with its salt shows as long as there is no whole block; from then on nobody can
    /// tell.
    private static void requireSalt(Salt salt, HashState state) {
        byte[] begin = salt.bytes().toArray();
        byte[] tail = state.tail().toArray();
        if (state.blocks() == 0
                && !Arrays.equals(begin, 0, begin.length, tail, 0, Math.min(begin.length, tail.length))) {
            throw new MalformedException("hash state was not begun with its salt");
        }
    }

    private static void requireKind(String subject, DigestAlgorithm asked, DigestAlgorithm found) {
        if (asked != found) {
            throw new MalformedException(subject + " is " + found.label() + " where " + asked.label() + " is expected");
        }
    }

    /// Bytes of the content; 0 for a directory; as many as can be, where it is not known, so that what limits it
    /// refuses it.
    public long size() {
        return hasSize() ? size : Artifact.SIZE_BYTES_MAX;
    }

    /// Whether it is known how many bytes the content has.
    public boolean hasSize() {
        return size != UNKNOWN;
    }

    public Digest digest(DigestAlgorithm algorithm) {
        return required(digests.get(algorithm), algorithm.label() + " digest");
    }

    public HashState state(DigestAlgorithm algorithm, ContentForm form) {
        return state(algorithm, form, Salt.NONE);
    }

    /// The state that was begun with this salt.
    public HashState state(DigestAlgorithm algorithm, ContentForm form, Salt salt) {
        String kind = salt.isNone() ? "" : "salted ";
        return required(states.get(new Measure.OfState(algorithm, form, salt)), kind + algorithm.label() + " state");
    }

    /// All states, in no order.
    public Map<Measure.OfState, HashState> states() {
        return states;
    }

    /// The one salt that states were begun with; [Salt#NONE] where none was. Throws `MalformedException`
    /// where there are several: what asks for one signature names one salt.
    public Salt salt() {
        var salts = salts();
        if (salts.size() > 1) {
            throw new MalformedException("the content was measured with %d salts, not one".formatted(salts.size()));
        }
        return salts.stream().findFirst().orElse(Salt.NONE);
    }

    private Set<Salt> salts() {
        return states.keySet().stream()
                .map(Measure.OfState::salt)
                .filter(salt -> !salt.isNone())
                .collect(Collectors.toSet());
    }

    /// The same without the states of other salts; a state without salt stays.
    public Measured onlyWith(Salt salt) {
        var kept = new HashMap<>(states);
        kept.keySet()
                .removeIf(measure -> !measure.salt().isNone() && !measure.salt().equals(salt));
        return tree.isPresent() ? this : new Measured(size, digests, kept, content);
    }

    public Bytes content() {
        return content.orElseThrow(() -> new MalformedException(
                size > CONTENT_BYTES_MAX
                        ? "content has %d bytes, more than the %d that a format which signs the content itself takes"
                                .formatted(size, CONTENT_BYTES_MAX)
                        : "the request lacks the content"));
    }

    public Tree tree() {
        return tree.orElseThrow(() -> new MalformedException("the content is a file, not a directory"));
    }

    public boolean has(Measure measure) {
        if (measure instanceof Measure.OfDigest(var algorithm)) {
            return digests.containsKey(algorithm);
        }
        if (measure instanceof Measure.OfTree) {
            return tree.isPresent();
        }
        return measure instanceof Measure.OfState state ? states.containsKey(state) : content.isPresent();
    }

    private static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw new MalformedException("the request lacks the content's " + what);
        }
        return value;
    }
}
