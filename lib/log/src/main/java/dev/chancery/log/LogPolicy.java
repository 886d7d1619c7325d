// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.note.NoteText;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifiedNote;
import dev.chancery.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whose checkpoints count: any of its logs, with a quorum of its witnesses (C2SP `tlog-policy`).
public final class LogPolicy {
    /// Bytes of the file: each line of the most that there may be, with comments.
    public static final int BYTES_MAX = 1 << 16;
    /// Logs, witnesses and groups, of each kind: twice what the standard asks for.
    public static final int LINES_MAX = 64;

    /// A log, and where it is, which is for other programs.
    public record Log(VerifierKey key, Optional<String> url) {}

    /// A witness, and where it is.
    public record Witness(Quorum.Witness who, Optional<String> url) {}

    private final List<Log> logs;
    private final List<Witness> witnesses;
    private final List<Quorum.Group> groups;
    private final Quorum quorum;

    LogPolicy(LogPolicyText text, Quorum quorum) {
        this.logs = List.copyOf(text.logs());
        this.witnesses = List.copyOf(text.witnesses());
        this.groups = List.copyOf(text.groups());
        this.quorum = quorum;
    }

    /// Reads a policy file. Throws `MalformedException` that names the line.
    public static LogPolicy parse(Bytes file) {
        return LogPolicyText.parse(file);
    }

    /// One log, and no witness.
    public static LogPolicy ofLog(VerifierKey key) {
        return parse(NoteText.bytes("log %s\nquorum none\n".formatted(key)));
    }

    public List<Log> logs() {
        return logs;
    }

    public List<Witness> witnesses() {
        return witnesses;
    }

    public Quorum quorum() {
        return quorum;
    }

    /// Checks who signed a checkpoint. Throws `RefusedException` (rules `note-signature`, `log-key`,
    /// `witness-quorum`), and `MalformedException` when what a log signed is no checkpoint.
    public VerifiedCheckpoint open(SignedNote note) {
        var known = Stream.concat(
                        logs.stream().map(Log::key),
                        witnesses.stream().map(witness -> witness.who().key()))
                .toList();
        VerifiedNote opened = note.open(known);
        VerifiedNote.Signer log = signers(opened, logs.stream().map(Log::key).toList()::contains)
                .findFirst()
                .orElseThrow(() -> new RefusedException("log-key", "no log of the policy signed the checkpoint"));
        var checkpoint = Checkpoint.parse(opened.text());
        if (signers(opened, key -> isOf(checkpoint, key)).findAny().isEmpty()) {
            throw new RefusedException(
                    "log-key",
                    "the checkpoint is of the log %s, and was signed by %s"
                            .formatted(
                                    Quoted.text(checkpoint.origin()),
                                    Quoted.text(log.key().name().text())));
        }
        var cosignatures = cosignatures(opened);
        var cosigners = cosignatures.stream()
                .map(cosignature -> cosignature.witness().key())
                .collect(Collectors.toSet());
        if (!quorum.isMetBy(cosigners)) {
            throw new RefusedException(
                    "witness-quorum",
                    "the quorum %s has not cosigned the checkpoint; %d witnesses of the policy have"
                            .formatted(Quoted.text(quorum.label()), cosigners.size()));
        }
        return new VerifiedCheckpoint(checkpoint, note, cosignatures);
    }

    private boolean isOf(Checkpoint checkpoint, VerifierKey key) {
        return key.name().text().equals(checkpoint.origin())
                && logs.stream().anyMatch(log -> log.key().equals(key));
    }

    private static Stream<VerifiedNote.Signer> signers(VerifiedNote note, Predicate<VerifierKey> which) {
        return note.signers().stream().filter(signer -> which.test(signer.key()));
    }

    private List<VerifiedCheckpoint.Cosignature> cosignatures(VerifiedNote note) {
        var cosignatures = new ArrayList<VerifiedCheckpoint.Cosignature>();
        for (var witness : witnesses) {
            signers(note, witness.who().key()::equals)
                    .map(signer -> new VerifiedCheckpoint.Cosignature(
                            witness.who(), signer.time().orElseThrow()))
                    .forEach(cosignatures::add);
        }
        return cosignatures;
    }

    /// The policy as a file, without comments.
    public Bytes write() {
        var text = new StringBuilder();
        logs.forEach(log -> text.append("log %s%s\n".formatted(log.key(), written(log.url()))));
        witnesses.forEach(witness -> text.append("witness %s %s%s\n"
                .formatted(witness.who().name(), witness.who().key(), written(witness.url()))));
        for (var group : groups) {
            String members = group.members().stream().map(Quorum::label).collect(Collectors.joining(" "));
            text.append("group %s %d %s\n".formatted(group.name(), group.threshold(), members));
        }
        return NoteText.bytes(
                text.append("quorum %s\n".formatted(quorum.label())).toString());
    }

    private static String written(Optional<String> url) {
        return url.map(there -> " " + there).orElse("");
    }
}
