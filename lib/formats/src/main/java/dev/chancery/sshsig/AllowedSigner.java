// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.key.Namespace;
import dev.chancery.key.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One line of an allowed_signers file: a key, what it may sign, and when it counts.
///
/// @param blob the key as it stands in signatures
/// @param namespaces at least one
/// @param validAfter counts from this second on
/// @param validBefore counts up to this second
record AllowedSigner(
        PublicKey key,
        Bytes blob,
        List<Namespace> namespaces,
        Optional<Instant> validAfter,
        Optional<Instant> validBefore) {
    AllowedSigner {
        namespaces = List.copyOf(namespaces);
    }

    static AllowedSigner of(PublicKey key, Namespace namespace) {
        return new AllowedSigner(key, SshPublicKey.write(key), List.of(namespace), Optional.empty(), Optional.empty());
    }

    boolean allows(String namespace) {
        for (Namespace one : namespaces) {
            if (one.text().equals(namespace)) {
                return true;
            }
        }
        return false;
    }

    /// Why the key does not count at a time: that of verifying, as ssh-keygen judges it, for a signature tells none.
    Optional<Verdict.Bad> fault(Instant now) {
        if (validAfter.isPresent() && now.isBefore(validAfter.get())) {
            return Optional.of(
                    new Verdict.Bad(Reason.UNFIT_KEY, "its key counts from " + validAfter.get() + " on, and not yet"));
        }
        return validBefore
                .filter(now::isAfter)
                .map(end -> new Verdict.Bad(
                        Reason.EXPIRED, "its key counted until " + end + ", and the signature tells no time"));
    }

    String namespaceList() {
        return String.join(", ", namespaces.stream().map(Namespace::text).toList());
    }

    /// The line, with its end. Namespaces always stand there: without, ssh-keygen takes any.
    String line(Authority authority) {
        var line = new StringBuilder(authority.name())
                .append(" namespaces=\"")
                .append(namespaceList().replace(" ", ""))
                .append('"');
        validAfter.ifPresent(time -> line.append(",valid-after=\"").append(written(time)));
        validBefore.ifPresent(time -> line.append(",valid-before=\"").append(written(time)));
        return line.append(' ')
                .append(SshPublicKey.type(key))
                .append(' ')
                .append(Base64.getEncoder().encodeToString(blob.toArray()))
                .append('\n')
                .toString();
    }

    private static String written(Instant time) {
        return Times.FORM.format(time) + "Z\"";
    }

    /// Made when it is first needed: times are rare, and formatters slow every start.
    private static final class Times {
        static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT)
                .withZone(ZoneOffset.UTC);
    }

    /// Takes options as they come, each at most once.
    static final class Builder {
        private List<Namespace> namespaces = List.of();
        private Optional<Instant> validAfter = Optional.empty();
        private Optional<Instant> validBefore = Optional.empty();

        /// Throws `MalformedException` for what is not known here: an option narrows what a key may do, so none
        /// may be passed over.
        void option(String name, String value) {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "namespaces" -> {
                    requireOnce(name, namespaces.isEmpty());
                    namespaces = namespaces(value);
                }
                case "valid-after" -> {
                    requireOnce(name, validAfter.isEmpty());
                    validAfter = Optional.of(time(value));
                }
                case "valid-before" -> {
                    requireOnce(name, validBefore.isEmpty());
                    validBefore = Optional.of(time(value));
                }
                default -> throw MalformedException.value("option", name, "is not known or has no value");
            }
        }

        AllowedSigner of(PublicKey key, Bytes blob) {
            var allowed = namespaces.isEmpty() ? List.of(SshSigFormat.FILE) : namespaces;
            return new AllowedSigner(key, blob, allowed, validAfter, validBefore);
        }

        private static void requireOnce(String name, boolean first) {
            if (!first) {
                throw MalformedException.value("option", name, "stands there twice");
            }
        }

        private static List<Namespace> namespaces(String list) {
            var namespaces = new ArrayList<Namespace>();
            for (String one : list.split(",", -1)) {
                namespaces.add(new Namespace(one));
            }
            return namespaces;
        }

        /// `20260131Z`, `202601312359Z`, `20260131235958Z`. Without `Z`, ssh-keygen takes the time of wherever it
        /// runs: no fact.
        private static Instant time(String text) {
            String digits = text.endsWith("Z") ? text.substring(0, text.length() - 1) : "";
            boolean whole = digits.length() == 8 || digits.length() == 12 || digits.length() == 14;
            if (whole) {
                try {
                    String second = digits + "000000".substring(digits.length() - 8);
                    return LocalDateTime.parse(second, Times.FORM).toInstant(ZoneOffset.UTC);
                } catch (DateTimeException notATime) {
                    // Falls through to the one sentence for every fault.
                }
            }
            throw MalformedException.value("time", text, "is not like 20261121Z or 20261121120000Z");
        }
    }
}
