// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.Envelope;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.remote.ServerRecords;
import dev.chancery.cli.signing.Arrival;
import dev.chancery.cli.signing.Means;
import dev.chancery.cli.signing.Signer;
import dev.chancery.cli.signing.Wanted;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.LogEntry;
import dev.chancery.files.InputFiles;
import dev.chancery.format.FormatDescription;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.packet.CleartextDocument;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Signs again what an old key signed, by its successor: the same content, authority, format and encoding.
final class Resigning {
    /// Signatures that are asked for at once: what a kill takes is made again, but not written twice.
    private static final int PORTION = 100;

    private final Terminal terminal;
    private final Means means;
    private final KeyId successor;
    private final Contents contents;
    private final Optional<ServerRecords> records;
    private final Map<SigningRequest.Target, Key> keys = new HashMap<>();

    /// Where contents and statements are had from.
    record Sources(Contents contents, Optional<ServerRecords> records) {}

    Resigning(Terminal terminal, Means means, KeyId successor, Sources sources) {
        this.terminal = terminal;
        this.means = means;
        this.successor = successor;
        this.contents = sources.contents();
        this.records = sources.records();
    }

    /// What is asked about one old signature.
    ///
    /// @param text of a cleartext document
    private record Ask(OldSignature old, Wanted wanted, SigningRequest request, Optional<Bytes> text) {}

    /// The new key, as whoever signs has it. Throws `RefusedException` (`no-key`, `key-expired`) where he does not.
    private Wanted wanted(OldSignature old) {
        var how = old.how();
        var target = new SigningRequest.Target(how.authority(), how.format(), Optional.of(successor));
        var key = keys.computeIfAbsent(target, means.signer()::key);
        return new Wanted(target, key, means.formats().get(how.format()), how.encoding());
    }

    /// Why it cannot be signed again; empty when it can.
    Optional<String> hindrance(OldSignature old) {
        var wanted = wanted(old);
        if (wanted.format().description().signs() == FormatDescription.Signs.TAG) {
            return Optional.of("a tag is signed again by 'chancery tag sign'");
        }
        boolean here = old.known().isEmpty()
                || isEnough(wanted, old.known().get())
                || contents.file(old.sha256()).isPresent();
        return here
                ? Optional.empty()
                : Optional.of("%s signs more of a content than the digests in the log; --content names folders"
                        .formatted(old.how().format()));
    }

    /// Whether the log's digests are all that is signed.
    private static boolean isEnough(Wanted wanted, Measured known) {
        return !wanted.isSalted()
                && wanted.measures(Salt.NONE).stream().allMatch(known::has)
                && wanted.encoding() != Encoding.CLEARTEXT;
    }

    /// Signs them all, a portion at a time, and tells of each what became of it.
    void sign(List<OldSignature> all, Optional<Outputs> outputs, Consumer<Outcome> outcomes) {
        for (int from = 0; from < all.size(); from += PORTION) {
            var portion = all.subList(from, Math.min(all.size(), from + PORTION));
            var asks = portion.stream().map(this::ask).toList();
            var results = means.signer().sign(asks.stream().map(Ask::request).toList());
            for (int i = 0; i < asks.size(); i++) {
                outcomes.accept(outcome(asks.get(i), results.get(i), outputs));
            }
        }
    }

    private Ask ask(OldSignature old) {
        var wanted = wanted(old);
        var salt = wanted.isSalted() ? means.signer().salt(wanted.target()) : Salt.NONE;
        Optional<Bytes> text = old.how().encoding() == Encoding.CLEARTEXT
                ? Optional.of(InputFiles.read("text", content(old), CleartextDocument.BYTES_MAX))
                : Optional.empty();
        var measured = measured(old, wanted, salt, text);
        return new Ask(old, wanted, new SigningRequest(wanted.target(), wanted.encoding(), old.name(), measured), text);
    }

    private Path content(OldSignature old) {
        return contents.file(old.sha256()).orElseThrow();
    }

    private Measured measured(OldSignature old, Wanted wanted, Salt salt, Optional<Bytes> text) {
        if (old.known().isPresent() && isEnough(wanted, old.known().get())) {
            return old.known().get();
        }
        var measures = new HashSet<>(means.signer().manner().always());
        measures.add(Measure.digest(DigestAlgorithm.SHA256));
        measures.addAll(wanted.measures(salt));
        if (old.known().isEmpty()) {
            return Content.memory(old.name(), document(old)).measure(terminal, means.hashes(), measures);
        }
        Measured measured = text.isPresent()
                ? Content.memory(old.name(), text.get()).measure(terminal, means.hashes(), measures)
                : contents.measure(content(old), measures);
        if (!measured.digest(DigestAlgorithm.SHA256).equals(old.sha256())) {
            throw new RefusedException(
                    "content-changed", "%s was changed while it was to be signed".formatted(content(old)));
        }
        return measured;
    }

    /// The statement that the old key signed, out of the server's copy, which the log's entry vouches for.
    private Bytes document(OldSignature old) {
        var stored = records.flatMap(
                        server -> server.stored(old.sha256(), old.place().index()))
                .orElseThrow(() -> missing(old));
        var envelope = Bundle.read(stored.file())
                .map(Bundle::content)
                .filter(Envelope.class::isInstance)
                .map(Envelope.class::cast)
                .orElseThrow(() -> missing(old));
        var measured = Content.memory(old.name(), envelope.signed())
                .measure(terminal, means.hashes(), Set.of(Measure.digest(DigestAlgorithm.SHA256)));
        boolean proven = LogEntry.parse(old.place().leaf()) instanceof HashedRekord entry
                && entry.digest().equals(measured.digest(DigestAlgorithm.SHA256));
        if (!proven) {
            throw new RefusedException(
                    "statement",
                    "the server's statement at entry %d is not the one that the log has"
                            .formatted(old.place().index()));
        }
        return envelope.payload();
    }

    private static RefusedException missing(OldSignature old) {
        return new RefusedException(
                "statement",
                "the server does not have the statement of entry %d"
                        .formatted(old.place().index()));
    }

    private Outcome outcome(Ask ask, Signer.Result result, Optional<Outputs> outputs) {
        return switch (result) {
            case Signer.Result.Failed failed ->
                Outcome.left(ask.old(), failed.error().sentence());
            case Signer.Result.Done done -> {
                new Arrival(
                                means.formats(),
                                means.publicKeys(),
                                List.of(ask.wanted().key()))
                        .check(
                                ask.wanted().key(),
                                done.signature(),
                                ask.request().content());
                Bytes made = done.logged()
                        .map(Signer.Logged::file)
                        .orElse(done.signature().bytes());
                Bytes file = ask.text()
                        .map(text -> CleartextDocument.write(text, done.signature()))
                        .orElse(made);
                yield new Outcome(
                        ask.old(),
                        Outcome.Kind.SIGNED,
                        outputs.map(folder ->
                                folder.write(ask.old(), file, done.logged().map(Signer.Logged::receipt))),
                        Optional.empty());
            }
        };
    }

    /// Of what is signed again already: the server's copy, where the folder does not have one.
    Outcome already(OldSignature old, long index, Optional<Outputs> outputs) {
        var written = outputs.filter(folder -> !folder.has(old))
                .flatMap(folder -> records.flatMap(server -> server.stored(old.sha256(), index))
                        .flatMap(copy -> file(old, copy.file())
                                .map(file -> folder.write(old, file, Optional.of(copy.receipt())))));
        return new Outcome(old, Outcome.Kind.ALREADY, written, Optional.empty());
    }

    /// A document has its text in it, which only the content has.
    private Optional<Bytes> file(OldSignature old, Bytes signature) {
        if (old.how().encoding() != Encoding.CLEARTEXT) {
            return Optional.of(signature);
        }
        var made = new Signature(old.how().format(), Encoding.CLEARTEXT, signature);
        return contents.file(old.sha256())
                .map(text -> CleartextDocument.write(InputFiles.read("text", text, CleartextDocument.BYTES_MAX), made));
    }
}
