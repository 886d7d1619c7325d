// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.receipts.Receipts;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import dev.chancery.core.Quoted;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.files.SignatureFiles;
import dev.chancery.format.Timestamp;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.log.VerifiedReceipt;
import dev.chancery.packet.CleartextDocument;
import dev.chancery.policy.Outcome;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.verification.Finding;
import dev.chancery.verification.Keyring;
import dev.chancery.verification.RejectedSignature;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.Verifier;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/// Verifies contents one after another against one policy and one keyring.
public final class Verification {
    /// By which a log's entry names the artifact.
    private static final Measure ARTIFACT = Measure.digest(DigestAlgorithm.SHA256);

    private final Terminal terminal;
    private final Wiring wiring;
    private final VerificationPolicy policy;
    private final Keyring keyring;
    private Optional<Receipts> receipts = Optional.empty();
    private boolean digests;

    public Verification(Terminal terminal, Wiring wiring, VerificationPolicy policy, KeyringDirectory directory) {
        this.terminal = terminal;
        this.wiring = wiring;
        this.policy = policy;
        this.keyring = directory.read();
    }

    /// From now on a signature counts only with a receipt.
    public void demand(Receipts receipts) {
        this.receipts = Optional.of(receipts);
    }

    /// From now on an answer has the digest of the bytes that were verified.
    public void takeDigests() {
        digests = true;
    }

    /// A signature file, the artifact that it lies at, and where both lie.
    private record Found(SignatureFile file, ArtifactName artifact, Receipts.Place place) {}

    /// What there is to say of one artifact. `text` is the text of a cleartext document, `logged` the
    /// receipts that were demanded and are good, `digest` the SHA-256 of the artifact's bytes, where it was taken.
    public record Answer(
            Outcome outcome,
            List<Finding> findings,
            Optional<Bytes> text,
            Map<Finding, VerifiedReceipt> logged,
            Optional<Digest> digest) {
        private static final int VALUES_SHOWN_MAX = 4;

        public boolean accepted() {
            return outcome instanceof Outcome.Accepted;
        }

        private Answer with(Optional<Digest> digest) {
            return new Answer(outcome, findings, text, logged, digest);
        }

        public Json toJson() {
            return new JsonFields()
                    .put("signatures", findings.stream().map(this::toJson).toList())
                    .put("verdict", outcome.judgement().toJson())
                    .toJson();
        }

        private Json toJson(Finding finding) {
            var fields = new JsonFields().put("file", finding.file());
            switch (finding) {
                case VerifiedSignature good -> {
                    fields.put("counts", true)
                            .put("authority", good.authority().name())
                            .put("format", good.format().text())
                            .put("key", good.key().hex());
                    good.signedAt().ifPresent(time -> fields.put("signed_at", time.toString()));
                    good.timestamp().ifPresent(timestamp -> fields.put("timestamp", timestamp(timestamp)));
                    good.predicate().ifPresent(said -> fields.put("statement", statement(said)));
                    receipt(good).ifPresent(receipt -> fields.put("logged", logged(receipt)));
                }
                case RejectedSignature bad ->
                    fields.put("counts", false)
                            .put("reason", bad.reason().label())
                            .put("message", bad.sentence());
            }
            return fields.toJson();
        }

        private Optional<VerifiedReceipt> receipt(Finding finding) {
            return Optional.ofNullable(logged.get(finding));
        }

        private static Json logged(VerifiedReceipt receipt) {
            return new JsonFields()
                    .put("log", receipt.checkpoint().checkpoint().origin())
                    .put("index", receipt.index())
                    .toJson();
        }

        private static Json timestamp(Timestamp timestamp) {
            return switch (timestamp) {
                case Timestamp.Proven proven ->
                    new JsonFields()
                            .put("proven", true)
                            .put("time", proven.time().toString())
                            .put("service", proven.service())
                            .toJson();
                case Timestamp.Unproven unproven ->
                    new JsonFields()
                            .put("proven", false)
                            .put("message", unproven.sentence())
                            .toJson();
            };
        }

        private static Json statement(Predicate said) {
            var values = new JsonFields();
            said.values().forEach(values::put);
            return new JsonFields()
                    .put("predicate_type", said.type())
                    .put("values", values.toJson())
                    .toJson();
        }

        public void print(PrintStream out) {
            if (findings.isEmpty()) {
                out.println("no signature file of an authority in the keyring lies beside "
                        + shown(outcome.judgement().artifact().text()));
            }
            printFindings(out);
        }

        /// The same without the hint that signatures are looked for beside a file.
        public void printFindings(PrintStream out) {
            findings.forEach(finding -> out.println(sentence(finding)));
            out.println((accepted() ? "ACCEPTED  " : "REFUSED  ")
                    + outcome.judgement().sentence());
        }

        private String sentence(Finding finding) {
            if (finding instanceof RejectedSignature bad) {
                return shown(bad.file()) + "  does not count: " + bad.sentence();
            }
            var good = (VerifiedSignature) finding;
            String when = good.signedAt().map(time -> " at " + time).orElse("")
                    + good.timestamp().map(Answer::words).orElse("");
            return shown(good.file())
                    + good.predicate()
                            .map(said -> "  stated by " + good.authority() + ": " + words(said))
                            .orElse("  signed by " + good.authority() + " (" + good.format() + ")" + when)
                    + receipt(good).map(Answer::words).orElse("");
        }

        private static String words(VerifiedReceipt receipt) {
            return ", logged as entry %d of %s"
                    .formatted(
                            receipt.index(),
                            shown(receipt.checkpoint().checkpoint().origin()));
        }

        private static String words(Timestamp timestamp) {
            return switch (timestamp) {
                case Timestamp.Proven proven ->
                    ", time proven: " + proven.time() + " by " + Quoted.text(proven.service());
                case Timestamp.Unproven unproven -> ", its timestamp proves nothing: " + unproven.sentence();
            };
        }

        /// The values, where they are few: a person sees what kind of statement it is.
        private static String words(Predicate said) {
            if (said.values().size() > VALUES_SHOWN_MAX) {
                return "%s with %d values"
                        .formatted(shown(said.type()), said.values().size());
            }
            var words = new StringJoiner(", ", shown(said.type()) + " ", "");
            said.values().forEach((name, value) -> words.add(shown(name) + " = " + Quoted.text(value)));
            return words.toString();
        }

        private static String shown(String file) {
            String quoted = Quoted.text(file);
            return quoted.equals("\"" + file + "\"") ? file : quoted;
        }
    }

    /// Authorities that the policy names and the keyring does not know: often a keyring of yesterday.
    public SortedSet<Authority> strangers() {
        var strangers = new TreeSet<Authority>();
        policy.rules().forEach(rule -> strangers.addAll(rule.require().authorities()));
        strangers.removeAll(keyring.authorities());
        return strangers;
    }

    public Answer verify(Content content, List<Path> named) {
        Optional<Bytes> bytes = named.isEmpty() ? document(content) : Optional.empty();
        if (bytes.isPresent()) {
            var document = CleartextDocument.read(bytes.get());
            var file = new SignatureFile(
                    content.name().text(),
                    List.of(new FormatName("openpgp6"), new FormatName("openpgp")),
                    document.signature());
            var text = Content.memory(content.name(), document.text());
            var found = new Found(file, content.name(), new Receipts.Place(content.path(), Optional.empty()));
            var whole = digests
                    ? Content.memory(content.name(), bytes.get()).measure(terminal, wiring.hashes(), Set.of(ARTIFACT))
                    : Measured.of(0, Map.of(), Map.of(), Optional.empty());
            return answer(text, List.of(found), Optional.of(document.text())).with(digest(whole));
        }
        return answer(content, files(content, named), Optional.empty());
    }

    /// Verifies what is in memory against one file that holds all its signatures.
    public Answer verify(Content content, SignatureFile file) {
        var nowhere = new Receipts.Place(Optional.empty(), Optional.empty());
        return answer(content, List.of(new Found(file, content.name(), nowhere)), Optional.empty());
    }

    private List<Found> files(Content content, List<Path> named) {
        var files = new SignatureFiles(wiring.formats());
        var artifact = content.path().map(path -> path.toAbsolutePath().normalize());
        if (!named.isEmpty()) {
            return named.stream()
                    .map(path -> new Found(
                            files.named(path), content.name(), new Receipts.Place(Optional.of(path), artifact)))
                    .toList();
        }
        return artifact.map(path -> files.beside(path, keyring.authorities())).orElse(List.of()).stream()
                .map(file -> new Found(
                        file,
                        content.name(),
                        new Receipts.Place(artifact.map(path -> path.resolveSibling(file.name())), artifact)))
                .toList();
    }

    private static Optional<Bytes> document(Content content) {
        return content.startsLike(CleartextDocument::isOne)
                ? Optional.of(content.bytes(CleartextDocument.BYTES_MAX))
                : Optional.empty();
    }

    private static Optional<Digest> digest(Measured measured) {
        return measured.has(ARTIFACT) ? Optional.of(measured.digest(DigestAlgorithm.SHA256)) : Optional.empty();
    }

    private Answer answer(Content content, List<Found> found, Optional<Bytes> text) {
        if (found.size() > Verifier.SIGNATURE_FILES_MAX) {
            throw new MalformedException(
                    "%d signature files are more than %d".formatted(found.size(), Verifier.SIGNATURE_FILES_MAX));
        }
        var verifier = new Verifier(keyring);
        var readings =
                found.stream().map(one -> verifier.read(List.of(one.file()))).toList();
        var measures = new HashSet<Measure>();
        readings.forEach(reading -> measures.addAll(reading.measures()));
        if ((receipts.isPresent() || digests)
                && text.isEmpty()) { // of a document only the text is signed, not the bytes
            measures.add(ARTIFACT);
        }
        var measured = content.measure(terminal, wiring.hashes(), measures);
        var findings = new ArrayList<Finding>();
        var logged = new HashMap<Finding, VerifiedReceipt>();
        for (int i = 0; i < readings.size(); i++) {
            for (var finding : readings.get(i).check(measured, terminal.clock().instant())) {
                findings.add(judged(finding, found.get(i), measured, logged));
            }
        }
        return new Answer(
                policy.evaluate(content.name(), findings), findings, text, Map.copyOf(logged), digest(measured));
    }

    /// The finding, unless a receipt is demanded that is not there.
    private Finding judged(Finding finding, Found found, Measured measured, Map<Finding, VerifiedReceipt> logged) {
        if (receipts.isEmpty() || !(finding instanceof VerifiedSignature good)) {
            return finding;
        }
        var expected = receipts.get().expected(good, found.file(), found.artifact(), digest(measured));
        return switch (receipts.get().judge(good, expected, found.place())) {
            case Receipts.Judged.Proven(var receipt) -> {
                logged.put(good, receipt);
                yield good;
            }
            case Receipts.Judged.Unproven(var rejected) -> rejected;
        };
    }
}
