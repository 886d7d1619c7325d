// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.files.StandardOutput;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.enclave.Engine;
import dev.chancery.files.SignatureFiles;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.TimestampedFormat;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.openpgp.CleartextDocument;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Signs contents one after another: measure once, ask the engine, check what came back, write.
public final class Signing {
    /// Who signs in which formats.
    public record Choice(
            List<Authority> authorities, List<FormatName> formats, Optional<KeyId> key, Optional<Encoding> encoding) {}

    /// Puts a timestamp at a signature that came back, before it is written.
    @FunctionalInterface
    public interface Stamp {
        Signature at(Signature signature, TimestampedFormat format);
    }

    /// What timestamps come from. `ready` is asked once, before anything is signed, and only where a signature can
    /// bear one; `asked` says that the command line wants them, so that it is wrong where none can.
    public record Stamps(boolean asked, Supplier<Stamp> ready) {
        /// No timestamps.
        public static Stamps none() {
            return new Stamps(false, () -> (signature, format) -> signature);
        }
    }

    /// What the signature files are called.
    public record Naming(
            Optional<String> output,
            Optional<String> suffix,
            boolean perAuthority,
            boolean join,
            boolean force,
            boolean quiet) {}

    /// One signature that is wanted of each content.
    private record Wanted(SigningRequest.Target target, Key key, Formats.Format format, Encoding encoding) {
        Set<Measure> measures() {
            return format.signing().measures(key.publicKey().scheme(), encoding);
        }
    }

    /// What happens to a signature that came back.
    private record Checked(Arrival arrival, Stamp stamp) {
        Signature stamped(Wanted wanted, Signature signature, Measured content) {
            arrival.check(wanted.key(), signature, content);
            return wanted.format().verifying() instanceof TimestampedFormat format
                    ? stamp.at(signature, format)
                    : signature;
        }
    }

    private static final String TAKEN_HINT =
            "--force replaces it; --output, --suffix and --per-authority choose another name";

    private final Terminal terminal;
    private final Office office;
    private final Engine engine;
    private final Choice choice;
    private final Naming naming;
    private final List<Json> signed = new ArrayList<>();
    private Stamps stamps = Stamps.none();

    public Signing(Terminal terminal, Office office, Choice choice, Naming naming) {
        this.terminal = terminal;
        this.office = office;
        this.engine = office.engine();
        this.choice = choice;
        this.naming = naming;
    }

    public void stamp(Stamps stamps) {
        this.stamps = stamps;
    }

    public void sign(List<Content> contents) {
        List<Wanted> wanted = wanted();
        var stamp = stamp(wanted);
        requireOneEach(contents, wanted);
        var arrival = new Arrival(office, wanted.stream().map(Wanted::key).toList());
        contents.forEach(content -> sign(content, wanted, new Checked(arrival, stamp)));
    }

    private Stamp stamp(List<Wanted> wanted) {
        if (wanted.stream().anyMatch(one -> one.format().verifying() instanceof TimestampedFormat)) {
            return stamps.ready().get();
        }
        if (stamps.asked()) {
            throw new UsageException("timestamps are for cms signatures, and none is made here");
        }
        return Stamps.none().ready().get();
    }

    /// Complains about outputs that would be the same, before anything is signed.
    private void requireOneEach(List<Content> contents, List<Wanted> wanted) {
        boolean toStandardOutput = naming.output().isPresent()
                ? naming.output().get().equals("-")
                : contents.getFirst().path().isEmpty();
        boolean single = contents.size() == 1 && (naming.join() || wanted.size() == 1);
        if (!single && (naming.output().isPresent() || toStandardOutput)) {
            throw new UsageException("one output cannot take %d signatures; name one file, one --as and one --format"
                    .formatted(contents.size() * wanted.size()));
        }
        if (toStandardOutput && (naming.quiet() || naming.join())) {
            throw new UsageException("standard output cannot take a signature and %s; name a file with --output"
                    .formatted(naming.join() ? "--join" : "--json"));
        }
        requireOneEachFile(contents, wanted);
    }

    /// Joined signatures may share a file if they are of one format.
    private void requireOneEachFile(List<Content> contents, List<Wanted> wanted) {
        var targets = new HashMap<Path, FormatName>();
        for (Content content : contents) {
            var ofContent = new HashMap<Path, FormatName>();
            for (Wanted one : wanted) {
                target(content, one).ifPresent(path -> {
                    var other = ofContent.putIfAbsent(path, one.target().format());
                    boolean shared = other != null
                            && !(naming.join() && other.equals(one.target().format()));
                    if (shared || targets.containsKey(path)) {
                        throw new UsageException("two signatures would both be " + path);
                    }
                });
            }
            targets.putAll(ofContent);
        }
    }

    public Json json() {
        return new JsonFields().put("signed", signed).toJson();
    }

    private List<Wanted> wanted() {
        var wanted = new ArrayList<Wanted>();
        for (Authority authority : choice.authorities()) {
            for (FormatName name : formats(authority)) {
                var format = office.formats().get(name);
                requireForArtifacts(format.description());
                var encoding = choice.encoding()
                        .filter(asked -> choice.formats().size() == 1 || knows(format, asked))
                        .orElse(format.description().defaultEncoding());
                format.description().suffix(encoding);
                if (naming.join()) {
                    Joining.of(format, encoding);
                }
                var target = new SigningRequest.Target(authority, name, choice.key());
                wanted.add(new Wanted(target, engine.choose(target), format, encoding));
            }
        }
        return wanted;
    }

    private static boolean knows(Formats.Format format, Encoding encoding) {
        return format.description().encodings().stream().anyMatch(written -> written.encoding() == encoding);
    }

    /// The formats asked for, else those that the authority has a key for.
    private List<FormatName> formats(Authority authority) {
        if (!choice.formats().isEmpty()) {
            return choice.formats();
        }
        var present = office.signingFormats(authority);
        if (present.isEmpty()) {
            throw new RefusedException("no-key", "there is no authority %s in this office".formatted(authority));
        }
        var forArtifacts = present.stream()
                .filter(name -> office.formats().get(name).description().signs() == FormatDescription.Signs.ARTIFACT)
                .toList();
        if (forArtifacts.isEmpty()) {
            throw new RefusedException(
                    "no-key", "%s has no key that signs artifacts, only for %s".formatted(authority, present));
        }
        return forArtifacts;
    }

    private static void requireForArtifacts(FormatDescription format) {
        switch (format.signs()) {
            case ARTIFACT -> {}
            case STATEMENT ->
                throw new UsageException(
                        "format %s is for statements: 'chancery attest' makes them".formatted(format.name()));
            case TAG ->
                throw new UsageException(
                        "format %s is for tags: 'chancery tag create' makes them".formatted(format.name()));
        }
    }

    private void sign(Content content, List<Wanted> wanted, Checked checked) {
        var output = new OutputFiles(naming.force() || naming.join(), TAKEN_HINT);
        var joining = new Joining(naming.force());
        wanted.forEach(one -> target(content, one).ifPresent(output::requireFree));
        boolean inMemory = wanted.stream().anyMatch(one -> one.encoding() == Encoding.CLEARTEXT);
        var input = inMemory ? Content.memory(content.name(), content.bytes(CleartextDocument.BYTES_MAX)) : content;
        var measures = new HashSet<Measure>();
        wanted.forEach(one -> measures.addAll(one.measures()));
        Measured measured = input.measure(terminal, office.hashes(), measures);
        wanted.forEach(one -> requireContent(content, one, measured));
        try {
            for (Wanted one : wanted) {
                var signature = engine.sign(office.requester(), request(content, one, measured));
                var stamped = checked.stamped(one, signature, measured);
                if (naming.join()) {
                    target(content, one)
                            .ifPresent(path -> joining.add(path, Joining.of(one.format(), one.encoding()), stamped));
                } else {
                    write(output, content, one, file(input, stamped));
                }
                record(content, one);
            }
            joining.write(output);
            output.commit();
        } finally {
            output.discard();
        }
        if (!naming.quiet()) {
            wanted.forEach(one -> target(content, one).ifPresent(path -> tell(content, one, path)));
        }
    }

    private void tell(Content content, Wanted wanted, Path where) {
        terminal.out()
                .println(content.name() + "  signed as " + wanted.target().authority() + " ("
                        + wanted.target().format() + ")  " + Shown.plain(where));
    }

    /// A format that signs the content itself takes little of it.
    private static void requireContent(Content content, Wanted wanted, Measured measured) {
        boolean wants = wanted.measures().contains(Measure.content());
        if (wants && !measured.has(Measure.content())) {
            throw new HintedException(
                    new MalformedException("%s signs the content itself, of at most %d bytes, and %s has %d"
                            .formatted(
                                    wanted.target().format(),
                                    Measured.CONTENT_BYTES_MAX,
                                    content.name(),
                                    measured.size())),
                    "--format names the formats that shall sign; or sign a list of checksums");
        }
    }

    private static SigningRequest request(Content content, Wanted wanted, Measured measured) {
        return new SigningRequest(wanted.target(), wanted.encoding(), content.name(), measured);
    }

    private static Bytes file(Content input, Signature signature) {
        return signature.encoding() == Encoding.CLEARTEXT
                ? CleartextDocument.write(input.bytes(CleartextDocument.BYTES_MAX), signature)
                : signature.bytes();
    }

    /// Where a signature goes; empty for standard output.
    private Optional<Path> target(Content content, Wanted wanted) {
        if (naming.output().isPresent()) {
            return naming.output().filter(path -> !path.equals("-")).map(Path::of);
        }
        String suffix = naming.suffix().orElse(wanted.format().description().suffix(wanted.encoding()));
        var authority = naming.perAuthority() ? Optional.of(wanted.target().authority()) : Optional.<Authority>empty();
        return content.path()
                .map(path ->
                        path.resolveSibling(SignatureFiles.name(content.name().text(), authority, suffix)));
    }

    private void write(OutputFiles output, Content content, Wanted wanted, Bytes file) {
        Optional<Path> target = target(content, wanted);
        if (target.isPresent()) {
            output.write(target.get(), file);
        } else {
            StandardOutput.write(terminal, file);
        }
    }

    private void record(Content content, Wanted wanted) {
        String where = target(content, wanted).map(Path::toString).orElse("-");
        signed.add(new JsonFields()
                .put("artifact", content.name().text())
                .put("authority", wanted.target().authority().name())
                .put("format", wanted.target().format().text())
                .put("encoding", wanted.encoding().label())
                .put("key", wanted.key().id().hex())
                .put("file", where)
                .toJson());
    }
}
