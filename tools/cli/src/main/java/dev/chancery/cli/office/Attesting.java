// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.files.StandardOutput;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.enclave.Engine;
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
import java.nio.file.Path;
import java.util.ArrayList;
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
    public record Naming(Optional<String> output, Optional<String> label, boolean force, boolean quiet) {}

    /// What is stated of files.
    public record Said(String predicateType, Json.Members predicate) {}

    private final Terminal terminal;
    private final Office office;
    private final Engine engine;
    private final Choice choice;
    private final Naming naming;
    private final List<Json> attested = new ArrayList<>();

    public Attesting(Terminal terminal, Office office, Choice choice, Naming naming) {
        this.terminal = terminal;
        this.office = office;
        this.engine = office.engine();
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
                        file.measure(terminal, office.hashes(), sha256).digest(DigestAlgorithm.SHA256)))
                .toList();
        sign(new Statement(subjects, said.predicateType(), said.predicate()), files, keys);
    }

    /// States what files a directory holds.
    public void attestDirectory(Content directory) {
        var keys = keys();
        requireFree(outputs(List.of(directory)));
        var tree = directory
                .measure(terminal, office.hashes(), Set.of(Measure.tree()))
                .tree();
        sign(TreeManifest.statement(directory.name().text(), tree), List.of(directory), keys);
    }

    public Json json() {
        return new JsonFields().put("attested", attested).toJson();
    }

    private Map<Authority, Key> keys() {
        var keys = new LinkedHashMap<Authority, Key>();
        choice.authorities().forEach(authority -> keys.put(authority, engine.choose(target(authority))));
        return keys;
    }

    private SigningRequest.Target target(Authority authority) {
        return new SigningRequest.Target(authority, FORMAT, choice.key());
    }

    private void sign(Statement statement, List<Content> about, Map<Authority, Key> keys) {
        var arrival = new Arrival(office, List.copyOf(keys.values()));
        var name = about.getFirst().name();
        Measured document =
                Content.memory(name, statement.write()).measure(terminal, office.hashes(), Set.of(Measure.content()));
        var output = new OutputFiles(naming.force(), "--force replaces it; --label and --output choose another name");
        try {
            keys.forEach((authority, key) -> {
                var request = new SigningRequest(target(authority), encoding(), name, document);
                var signature = engine.sign(office.requester(), request);
                arrival.check(key, signature, document);
                write(output, about, key, signature);
            });
            output.commit();
        } finally {
            output.discard();
        }
        tell(statement, about, keys);
    }

    private Encoding encoding() {
        return office.formats().get(FORMAT).description().defaultEncoding();
    }

    private void write(OutputFiles output, List<Content> about, Key key, Signature signature) {
        for (Content content : about) {
            Optional<Path> target = target(content, key.authority());
            if (target.isEmpty()) {
                StandardOutput.write(terminal, signature.bytes());
                return;
            }
            output.write(target.get(), signature.bytes());
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
                + office.formats().get(FORMAT).description().suffix(encoding());
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
