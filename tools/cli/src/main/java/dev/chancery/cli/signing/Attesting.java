// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.files.StandardOutput;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.files.SignatureFiles;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.statement.Statement;
import dev.chancery.statement.Subject;
import dev.chancery.statement.TreeManifest;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes one statement about some artifacts, has each authority sign it, and writes it beside each artifact.
public final class Attesting {
    private static final FormatName FORMAT = new FormatName("statement");

    /// Who states it.
    public record Choice(List<Authority> authorities, Optional<KeyId> key) {}

    /// What the files are called: `F.AUTHORITY[.LABEL].intoto.sigstore.json`, or one output.
    public record Naming(
            Optional<String> output, Optional<String> label, boolean force, boolean quiet, boolean receipts) {}

    /// What is stated of files.
    public record Said(String predicateType, Json.Members predicate) {}

    private final Terminal terminal;
    private final Means means;
    private final Choice choice;
    private final Naming naming;
    private final List<Json> attested = new ArrayList<>();

    public Attesting(Terminal terminal, Means means, Choice choice, Naming naming) {
        this.terminal = terminal;
        this.means = means;
        this.choice = choice;
        this.naming = naming;
        if (naming.output().isPresent() && choice.authorities().size() > 1) {
            throw new UsageException("one output cannot take the statements of %d authorities"
                    .formatted(choice.authorities().size()));
        }
    }

    /// States something of all the files together.
    public void attest(List<Content> files, Said said) {
        var sha256 = Set.of(Measure.digest(DigestAlgorithm.SHA256));
        var keys = keys();
        var outputs = outputs(files);
        requireFree(outputs);
        var subjects = files.stream()
                .map(file -> new Subject(
                        file.name().text(),
                        file.measure(terminal, means.hashes(), sha256).digest(DigestAlgorithm.SHA256)))
                .toList();
        sign(new Statement(subjects, said.predicateType(), said.predicate()), files, keys);
    }

    /// States what files a directory holds. A statement that lies in it itself is left out.
    public void attestDirectory(Content directory) {
        var keys = keys();
        requireFree(outputs(List.of(directory)));
        var manifest = manifest(directory, within(directory).stream().toList());
        sign(manifest.statement(directory.name().text()), List.of(directory), keys);
    }

    /// What a directory holds but for these paths.
    public TreeManifest manifest(Content directory, List<String> ignored) {
        var tree = directory
                .measure(terminal, means.hashes(), Set.of(Measure.tree()))
                .tree();
        return new TreeManifest(tree.without(ignored), ignored);
    }

    /// The path of the output below the directory, if it lies there.
    private Optional<String> within(Content directory) {
        Path top = directory.path().orElseThrow().toAbsolutePath().normalize();
        return naming.output()
                .filter(path -> !path.equals("-"))
                .map(path -> Path.of(path).toAbsolutePath().normalize())
                .filter(path -> path.startsWith(top))
                .map(path -> top.relativize(path).toString().replace(File.separatorChar, '/'));
    }

    /// A statement in memory, by the first authority.
    public Bytes signed(Statement statement, ArtifactName name) {
        var made = signed(statement, name, keys()).values().iterator().next();
        return file(made);
    }

    /// Whether a file is this statement by the first authority's present key.
    public boolean isSigned(Bytes file, Statement statement) {
        var key = keys().values().iterator().next();
        var signature = new Signature(FORMAT, encoding(), file);
        return means.formats()
                .get(FORMAT)
                .verifying()
                .isBy(key, signature, document(new ArtifactName("statement"), statement));
    }

    public Json json() {
        return new JsonFields().put("attested", attested).toJson();
    }

    private Map<Authority, Key> keys() {
        var keys = new LinkedHashMap<Authority, Key>();
        choice.authorities()
                .forEach(authority -> keys.put(authority, means.signer().key(target(authority))));
        return keys;
    }

    private SigningRequest.Target target(Authority authority) {
        return new SigningRequest.Target(authority, FORMAT, choice.key());
    }

    private Measured document(ArtifactName name, Statement statement) {
        var measures = new HashSet<>(means.signer().manner().always());
        measures.add(Measure.content());
        return Content.memory(name, statement.write()).measure(terminal, means.hashes(), measures);
    }

    /// Signed by each, and checked on arrival.
    private Map<Key, Signer.Result.Done> signed(Statement statement, ArtifactName name, Map<Authority, Key> keys) {
        var arrival = new Arrival(means.formats(), means.publicKeys(), List.copyOf(keys.values()));
        Measured document = document(name, statement);
        var requests = keys.keySet().stream()
                .map(authority -> new SigningRequest(target(authority), encoding(), name, document))
                .toList();
        var results = means.signer().sign(requests).iterator();
        var signed = new LinkedHashMap<Key, Signer.Result.Done>();
        for (Key key : keys.values()) {
            var done = done(results.next());
            arrival.check(key, done.signature(), document);
            signed.put(key, done);
        }
        return signed;
    }

    private void sign(Statement statement, List<Content> about, Map<Authority, Key> keys) {
        var output = new OutputFiles(naming.force(), "--force replaces it; --label and --output choose another name");
        try {
            signed(statement, about.getFirst().name(), keys).forEach((key, done) -> write(output, about, key, done));
            output.commit();
        } finally {
            output.discard();
        }
        tell(statement, about, keys);
    }

    private static Signer.Result.Done done(Signer.Result result) {
        return switch (result) {
            case Signer.Result.Done done -> done;
            case Signer.Result.Failed failed -> throw Failures.exception(failed.error(), failed.hint());
        };
    }

    private Encoding encoding() {
        return means.formats().get(FORMAT).description().defaultEncoding();
    }

    private static Bytes file(Signer.Result.Done done) {
        return done.logged().map(Signer.Logged::file).orElse(done.signature().bytes());
    }

    private void write(OutputFiles output, List<Content> about, Key key, Signer.Result.Done done) {
        var file = file(done);
        for (Content content : about) {
            Optional<Path> target = target(content, key.authority());
            if (target.isEmpty()) {
                StandardOutput.write(terminal, file);
                return;
            }
            output.write(target.get(), file);
            done.logged()
                    .filter(logged -> naming.receipts())
                    .ifPresent(logged -> output.write(
                            SignatureNames.receipt(target.get()),
                            logged.receipt().write()));
            if (naming.output().isPresent()) {
                return;
            }
        }
    }

    private void tell(Statement statement, List<Content> about, Map<Authority, Key> keys) {
        for (var signer : keys.entrySet()) {
            for (Content content : about) {
                var target = target(content, signer.getKey());
                attested.add(new JsonFields()
                        .put("artifact", content.name().text())
                        .put("authority", signer.getKey().name())
                        .put("predicate_type", statement.predicateType())
                        .put("key", signer.getValue().id().hex())
                        .put("file", target.map(Path::toString).orElse("-"))
                        .toJson());
                if (!naming.quiet()) {
                    target.ifPresent(path -> terminal.out()
                            .println(content.name() + "  stated by " + signer.getKey() + "  " + Shown.plain(path)));
                }
            }
        }
    }

    private List<Path> outputs(List<Content> about) {
        var outputs = new ArrayList<Path>();
        for (Content content : about) {
            choice.authorities().forEach(authority -> target(content, authority).ifPresent(outputs::add));
        }
        return naming.output().isPresent() ? outputs.subList(0, Math.min(1, outputs.size())) : outputs;
    }

    private void requireFree(List<Path> outputs) {
        var files = new OutputFiles(naming.force(), "--force replaces it; --label and --output choose another name");
        for (Path output : outputs) {
            files.requireFree(output);
            if (naming.receipts() && means.signer().manner().receipts()) {
                files.requireFree(SignatureNames.receipt(output));
            }
            if (outputs.indexOf(output) != outputs.lastIndexOf(output)) {
                throw new UsageException("two statements would both be " + output);
            }
        }
    }

    /// Where a statement about this goes; empty for standard output.
    private Optional<Path> target(Content content, Authority authority) {
        if (naming.output().isPresent()) {
            return naming.output().filter(path -> !path.equals("-")).map(Path::of);
        }
        String suffix = naming.label().map(label -> "." + label).orElse("")
                + means.formats().get(FORMAT).description().suffix(encoding());
        return content.path()
                .map(path -> beside(path)
                        .resolveSibling(SignatureFiles.name(content.name().text(), Optional.of(authority), suffix)));
    }

    /// `.` and `dir/` have no name to stand beside; the directory that they mean has.
    private static Path beside(Path path) {
        boolean named =
                path.getFileName() != null && !path.getFileName().toString().matches("\\.{0,2}");
        return named ? path : path.toAbsolutePath().normalize();
    }
}
