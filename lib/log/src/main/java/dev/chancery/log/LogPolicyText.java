// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.note.KeyType;
import dev.chancery.note.NoteText;
import dev.chancery.note.VerifierKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a policy file, line after line: a name must be defined before it is used.
final class LogPolicyText {
    /// What no witness and no group may be called.
    static final String NONE = "none";

    private static final char DELETE = 0x7f;
    /// Spaces only: "names must be handled as opaque octet strings", so no other white space of Unicode is
    /// any here.
    private static final Pattern AROUND = Pattern.compile("^ +| +$");

    private final List<LogPolicy.Log> logs = new ArrayList<>();
    private final List<LogPolicy.Witness> witnesses = new ArrayList<>();
    private final List<Quorum.Group> groups = new ArrayList<>();
    private final List<Quorum> quorums = new ArrayList<>();

    private final Map<String, Quorum> defined = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private final Set<Bytes> publicKeys = new HashSet<>();

    private LogPolicyText() {}

    static LogPolicy parse(Bytes file) {
        var reading = new LogPolicyText();
        int number = 0;
        for (String line : NoteText.lines(text(file), "log policy")) {
            number++;
            var items = List.of(AROUND.matcher(line).replaceAll("").split(" +"));
            if (!items.getFirst().isEmpty() && !items.getFirst().startsWith("#")) {
                reading.take(items, "log policy's line %d".formatted(number));
            }
        }
        if (reading.quorums.size() != 1) {
            throw new MalformedException(
                    "log policy has %d quorum lines, not exactly one".formatted(reading.quorums.size()));
        }
        return new LogPolicy(reading, reading.quorums.getFirst());
    }

    /// "The only allowed control characters are tab and newline."
    private static String text(Bytes file) {
        byte[] bytes = file.toArray();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\t') {
                bytes[i] = ' ';
            }
        }
        String text = NoteText.read(Bytes.of(bytes), "log policy", LogPolicy.BYTES_MAX);
        if (text.indexOf(DELETE) >= 0) {
            throw new MalformedException("log policy has the control character <U+007F>");
        }
        return text;
    }

    List<LogPolicy.Log> logs() {
        return logs;
    }

    List<LogPolicy.Witness> witnesses() {
        return witnesses;
    }

    List<Quorum.Group> groups() {
        return groups;
    }

    private void take(List<String> items, String place) {
        try {
            switch (items.getFirst()) {
                case "log" -> log(items);
                case "witness" -> witness(items);
                case "group" -> group(items);
                case "quorum" -> quorum(items);
                default ->
                    throw MalformedException.value("word", items.getFirst(), "is not log, witness, group or quorum");
            }
        } catch (MalformedException e) {
            throw new MalformedException("%s: %s".formatted(place, e.sentence()), e);
        }
    }

    /// `log <vkey> [<url>]`
    private void log(List<String> items) {
        count(items, 2, 3);
        logs.add(new LogPolicy.Log(key(items.get(1), KeyType.ED25519), optional(items, 2)));
        limit(logs, "logs");
    }

    /// `witness <name> <vkey> [<url>]`
    private void witness(List<String> items) {
        count(items, 3, 4);
        var witness = new Quorum.Witness(items.get(1), key(items.get(2), KeyType.ED25519_COSIGNATURE));
        define(witness.name(), witness);
        witnesses.add(new LogPolicy.Witness(witness, optional(items, 3)));
        limit(witnesses, "witnesses");
    }

    /// `group <name> all|any|<k> <name>...`
    private void group(List<String> items) {
        count(items, 4, Integer.MAX_VALUE);
        var named = new ArrayList<Quorum>();
        for (String name : items.subList(3, items.size())) {
            if (!members.add(name)) {
                throw MalformedException.value("name", name, "is a member already: it would count twice");
            }
            named.add(find(name));
        }
        var group = new Quorum.Group(items.get(1), threshold(items.get(2), named.size()), named);
        define(group.name(), group);
        groups.add(group);
        limit(groups, "groups");
    }

    private static int threshold(String text, int size) {
        return switch (text) {
            case "any" -> 1;
            case "all" -> size;
            default -> {
                long k = NoteText.decimal(text, "threshold");
                if (k < 1 || k > size) {
                    throw MalformedException.value("threshold", text, "is not 1 to %d".formatted(size));
                }
                yield (int) k;
            }
        };
    }

    /// `quorum <name>|none`
    private void quorum(List<String> items) {
        count(items, 2, 2);
        String name = items.get(1);
        quorums.add(name.equals(NONE) ? new Quorum.None() : find(name));
    }

    private Quorum find(String name) {
        return Optional.ofNullable(defined.get(name))
                .orElseThrow(() ->
                        MalformedException.value("name", name, "is no witness or group of a line before this one"));
    }

    private void define(String name, Quorum quorum) {
        if (name.equals(NONE) || defined.putIfAbsent(name, quorum) != null) {
            throw MalformedException.value("name", name, "is taken");
        }
    }

    private VerifierKey key(String text, KeyType type) {
        var key = VerifierKey.parse(text);
        if (key.type() != type) {
            throw MalformedException.value("verifier key", text, "is not of type %s".formatted(type));
        }
        if (!publicKeys.add(key.publicKey())) {
            throw MalformedException.value("verifier key", text, "has a public key that stands in the policy already");
        }
        return key;
    }

    private static void count(List<String> items, int min, int max) {
        if (items.size() < min || items.size() > max) {
            throw new MalformedException(
                    "%s has %d items after it".formatted(Quoted.text(items.getFirst()), items.size() - 1));
        }
    }

    private static void limit(List<?> lines, String what) {
        if (lines.size() > LogPolicy.LINES_MAX) {
            throw new MalformedException("there are more than %d %s".formatted(LogPolicy.LINES_MAX, what));
        }
    }

    private static Optional<String> optional(List<String> items, int at) {
        return at < items.size() ? Optional.of(items.get(at)) : Optional.empty();
    }
}
