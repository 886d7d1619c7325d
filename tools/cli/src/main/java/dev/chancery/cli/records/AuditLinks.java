// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.core.Authority;
import dev.chancery.core.Digest;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.enclave.audit.Decision;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.KeyEntry;
import dev.chancery.entry.LogEntry;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.key.KeyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What binds lines of an audit chain to entries of a log: the SHA-256 of the signature file, and of a bundle
/// of Sigstore that of the signature in it. Some 150 bytes of memory each.
///
/// Lines of bundles that were written before the chain had their `value` are bound to nothing: neither they
/// nor entries by their keys are judged.
final class AuditLinks {
    private static final Set<String> BUNDLES = Set.of("sigstore", "statement");

    /// Whether the log has it.
    private final Map<Digest, Boolean> links = new HashMap<>();

    private final Set<KeyId> unbound = new HashSet<>();

    /// A signature of the chain; empty when the line is about none.
    static Optional<Decision.Answer.Granted> granted(AuditLine line) {
        return line.event() instanceof Decision decision && decision.answer() instanceof Decision.Answer.Granted granted
                ? Optional.of(granted)
                : Optional.empty();
    }

    static Optional<Authority> authority(AuditLine line) {
        return line.event() instanceof Decision decision
                ? Optional.of(decision.asked().authority())
                : Optional.empty();
    }

    /// Takes in what is on record.
    void record(AuditLine line) {
        granted(line).ifPresent(granted -> {
            of(granted).forEach(link -> links.putIfAbsent(link, false));
            if (isUnbound(line)) {
                unbound.add(granted.key());
            }
        });
    }

    private static List<Digest> of(Decision.Answer.Granted granted) {
        var all = new ArrayList<>(List.of(granted.signature()));
        granted.value().ifPresent(all::add);
        return all;
    }

    /// Whether nothing binds a line to the log.
    static boolean isUnbound(AuditLine line) {
        return line.event() instanceof Decision decision
                && BUNDLES.contains(decision.asked().format().text())
                && granted(line).filter(granted -> granted.value().isEmpty()).isPresent();
    }

    /// What becomes of an entry of the log.
    enum Bound {
        /// It is on record.
        RECORDED,
        /// No record explains it.
        UNEXPLAINED,
        /// It may be on record, in a line that is bound to nothing; or it is about no signature.
        NOT_JUDGED
    }

    /// Takes in an entry of the log.
    Bound log(LogEntry entry) {
        return switch (entry) {
            case KeyEntry key -> Bound.NOT_JUDGED;
            case SignatureEntry signature ->
                bound(signature.signature(), signature.by().key());
            case HashedRekord rekord -> bound(AuditLine.hash(rekord.signature()), EntryLine.keyOf(rekord));
        };
    }

    private Bound bound(Digest link, KeyId key) {
        if (links.replace(link, true) != null) {
            return Bound.RECORDED;
        }
        return unbound.contains(key) ? Bound.NOT_JUDGED : Bound.UNEXPLAINED;
    }

    /// Whether the log has what this line says was signed.
    boolean isLogged(Decision.Answer.Granted granted) {
        return of(granted).stream().anyMatch(link -> links.getOrDefault(link, false));
    }
}
