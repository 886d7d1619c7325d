// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which authorities must have signed: one of them, or k of n such requirements.
///
/// A requirement holds or does not hold, and another signature never makes one fail that held.
public sealed interface Requirement {
    /// Requirements in one list: more parties than any release needs.
    int ENTRIES_MAX = 64;
    /// Lists inside each other, the outermost counted: deeper is not understood by who reads it.
    int DEPTH_MAX = 8;

    /// What is still missing when these have signed; empty when the requirement holds.
    ///
    /// What is missing is itself a requirement: whoever fulfils it fulfils the whole.
    Optional<Requirement> missing(Set<SignedBy> signatures);

    /// Whether some place in it asks for this signature.
    boolean mentions(SignedBy signature);

    /// Every authority that it names.
    SortedSet<Authority> authorities();

    /// How many lists stand inside each other; 0 for one authority.
    int depth();

    default boolean holds(Set<SignedBy> signatures) {
        return missing(signatures).isEmpty();
    }

    /// Reads the form of the command line: `jenkins-prd`, or `2:qa,security,release` for at least two of three.
    static Requirement parse(String text) {
        return RequirementText.parse(text);
    }

    /// All of them; a single one is itself.
    static Requirement all(List<Requirement> requirements) {
        return requirements.size() == 1 ? requirements.get(0) : new AtLeast(requirements.size(), requirements);
    }

    /// For people: `jenkins-prd and 2 of (qa, security, release)`.
    default String words() {
        return RequirementText.words(this);
    }

    /// The form of the policy file.
    default Json toJson() {
        return RequirementJson.write(this);
    }

    /// The same requirement where every authority in it has to have stated this, instead of having signed.
    default Requirement stating(String predicateType, SortedMap<String, String> params) {
        return switch (this) {
            case Signed signed -> new Stated(signed.authority(), predicateType, params);
            case Stated stated -> new Stated(stated.authority(), predicateType, params);
            case AtLeast list ->
                new AtLeast(
                        list.count(),
                        list.of().stream()
                                .map(entry -> entry.stating(predicateType, params))
                                .toList());
        };
    }

    /// The authority has signed the artifact itself, in one of these formats; when none is named, in any. A statement
    /// about the artifact is no such signature: it may say anything.
    record Signed(Authority authority, Set<FormatName> formats) implements Requirement {
        /// Formats that one entry may name.
        public static final int FORMATS_MAX = 16;

        private static final FormatName STATEMENT = new FormatName("statement");

        public Signed {
            formats = Collections.unmodifiableSortedSet(new TreeSet<>(formats));
            if (formats.contains(STATEMENT)) {
                throw new MalformedException("a statement counts by what it says: predicate_type");
            }
            if (formats.size() > FORMATS_MAX) {
                throw new MalformedException(formats.size() + " formats of one authority are more than " + FORMATS_MAX);
            }
        }

        public Signed(Authority authority) {
            this(authority, Set.of());
        }

        @Override
        public Optional<Requirement> missing(Set<SignedBy> signatures) {
            return signatures.stream().anyMatch(this::mentions) ? Optional.empty() : Optional.of(this);
        }

        @Override
        public boolean mentions(SignedBy signature) {
            return signature.authority().equals(authority)
                    && signature.predicate().isEmpty()
                    && (formats.isEmpty() || formats.contains(signature.format()));
        }

        @Override
        public SortedSet<Authority> authorities() {
            return new TreeSet<>(Set.of(authority));
        }

        @Override
        public int depth() {
            return 0;
        }
    }

    /// The authority has stated something about the artifact: a predicate of this type, with each of these values
    /// in it. A value is named by a JSON Pointer (RFC 6901) that begins with `/`, or by a field of the predicate.
    record Stated(Authority authority, String predicateType, SortedMap<String, String> params) implements Requirement {
        /// Values that one entry may name.
        public static final int PARAMS_MAX = 64;

        public Stated {
            Predicate.requireType(predicateType);
            params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
            if (params.size() > PARAMS_MAX) {
                throw new MalformedException(
                        params.size() + " parameters of one authority are more than " + PARAMS_MAX);
            }
            if (params.containsKey("")) {
                throw new MalformedException("the name of a parameter is empty");
            }
        }

        @Override
        public Optional<Requirement> missing(Set<SignedBy> signatures) {
            return signatures.stream().anyMatch(this::mentions) ? Optional.empty() : Optional.of(this);
        }

        /// One statement has to say all of it: two that say half each do not add up.
        @Override
        public boolean mentions(SignedBy signature) {
            return signature.authority().equals(authority)
                    && signature.predicate().filter(this::isSaid).isPresent();
        }

        private boolean isSaid(Predicate predicate) {
            return predicate.type().equals(predicateType)
                    && params.entrySet().stream()
                            .allMatch(param ->
                                    param.getValue().equals(predicate.values().get(pointer(param.getKey()))));
        }

        private static String pointer(String name) {
            return name.startsWith("/") ? name : Predicate.pointer("", name);
        }

        @Override
        public SortedSet<Authority> authorities() {
            return new TreeSet<>(Set.of(authority));
        }

        @Override
        public int depth() {
            return 0;
        }
    }

    /// At least `count` of the entries hold: all of them when `count` is their number, any when it is 1.
    ///
    /// No authority stands in one list twice. Where `count` lies between 1 and the number of entries, it does not
    /// stand in two branches either, for it would count as two parties there.
    record AtLeast(int count, List<Requirement> of) implements Requirement {
        public AtLeast {
            of = List.copyOf(of);
            if (of.isEmpty() || of.size() > ENTRIES_MAX) {
                throw new MalformedException(of.size() + " entries in one list are not 1 to " + ENTRIES_MAX);
            }
            if (count < 1 || count > of.size()) {
                throw new MalformedException(count + " of " + of.size() + " is not 1 to " + of.size());
            }
            if (depthOf(of) > DEPTH_MAX) {
                throw new MalformedException("lists stand more than " + DEPTH_MAX + " deep inside each other");
            }
            checkCountedOnce(count, of);
        }

        private static void checkCountedOnce(int count, List<Requirement> of) {
            var listed = new HashSet<Authority>();
            var anywhere = new HashSet<Authority>();
            boolean threshold = count > 1 && count < of.size();
            for (Requirement entry : of) {
                if (entry instanceof Signed signed && !listed.add(signed.authority())) {
                    throw new MalformedException(signed.authority() + " stands in one list twice");
                }
                for (Authority authority : entry.authorities()) {
                    if (!anywhere.add(authority) && threshold) {
                        throw new MalformedException(
                                "%s stands in two entries of which %d of %d must hold, and could count twice"
                                        .formatted(authority, count, of.size()));
                    }
                }
            }
        }

        private static int depthOf(List<Requirement> of) {
            return 1 + of.stream().mapToInt(Requirement::depth).max().orElse(0);
        }

        @Override
        public Optional<Requirement> missing(Set<SignedBy> signatures) {
            var rest = new ArrayList<Requirement>();
            of.forEach(entry -> entry.missing(signatures).ifPresent(rest::add));
            int more = count - (of.size() - rest.size());
            return more <= 0 ? Optional.empty() : Optional.of(new AtLeast(more, rest));
        }

        @Override
        public boolean mentions(SignedBy signature) {
            return of.stream().anyMatch(entry -> entry.mentions(signature));
        }

        @Override
        public SortedSet<Authority> authorities() {
            var all = new TreeSet<Authority>();
            of.forEach(entry -> all.addAll(entry.authorities()));
            return all;
        }

        @Override
        public int depth() {
            return depthOf(of);
        }
    }
}
