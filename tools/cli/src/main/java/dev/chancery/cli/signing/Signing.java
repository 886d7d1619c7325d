// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.files.StandardOutput;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.StatusLine;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.TimestampedFormat;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyId;
import dev.chancery.packet.CleartextDocument;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Signs contents: measures each once, asks who signs, checks what came back, writes.
public final class Signing {
    /// Who signs in which formats.
    public record Choice(
            List<Authority> authorities, List<FormatName> formats, Optional<KeyId> key, Optional<Encoding> encoding) {}

    /// Puts a timestamp at a signature that came back, before it is written.
    @FunctionalInterface
    public interface Stamp {
        Signature at(Signature signature, TimestampedFormat format);
    }

    /// What timestamps come from. `ready` is asked once, before anything is signed, and only where a
    /// signature can bear one; `asked` says that the command line wants them, so that it is wrong where none
    /// can.
    public record Stamps(boolean asked, Supplier<Stamp> ready) {}

    /// What the signature files are called, and whether receipts lie beside them.
    public record Naming(
            Optional<String> output,
            Optional<String> suffix,
            boolean perAuthority,
            boolean join,
            boolean force,
            boolean quiet,
            boolean receipts) {}

    private static final String TAKEN_HINT =
            "--force replaces it; --output, --suffix and --per-authority choose another name";

    private final Terminal terminal;
    private final Means means;
    private final Choice choice;
    private final Naming naming;
    private final SignatureNames names;
    private final Failures failures;
    private final List<Json> signed = new ArrayList<>();
    private Optional<Stamps> stamps = Optional.empty();

    public Signing(Terminal terminal, Means means, Choice choice, Naming naming) {
        this.terminal = terminal;
        this.means = means;
        this.choice = choice;
        this.naming = naming;
        this.names = new SignatureNames(naming);
        this.failures = new Failures(terminal);
    }

    public void stamp(Stamps stamps) {
        this.stamps = Optional.of(stamps);
    }

    public void sign(List<Content> contents) {
        List<Wanted> wanted = wanted();
        var stamp = stamp(wanted);
        names.requireOneEach(contents, wanted);
        var keys = wanted.stream().map(Wanted::key).toList();
        var arriving = new Arriving(new Arrival(means.formats(), means.publicKeys(), keys), stamp, receipts());
        var work = new Batches.Work(
                wanted.size(),
                content -> prepare(content, wanted),
                (prepared, results) -> finish(prepared, wanted, arriving.all(prepared, wanted, results)));
        new Batches(means.signer(), work, new StatusLine(terminal)).run(contents);
        failures.raise(contents.size());
    }

    private boolean receipts() {
        return naming.receipts() && means.signer().manner().receipts();
    }

    private Stamp stamp(List<Wanted> wanted) {
        boolean bearing = wanted.stream().anyMatch(one -> one.format().verifying() instanceof TimestampedFormat);
        if (!bearing && stamps.filter(Stamps::asked).isPresent()) {
            throw new UsageException("timestamps are for cms signatures, and none is made here");
        }
        if (receipts() && (naming.join() || (bearing && stamps.isPresent()))) {
            throw new UsageException("a signature file that is %s here is not the one that the log has;"
                            .formatted(naming.join() ? "joined" : "timestamped")
                    + " --no-receipt writes it without a receipt");
        }
        return stamps.filter(there -> bearing)
                .map(there -> there.ready().get())
                .orElse((signature, format) -> signature);
    }

    /// The signatures that each content gets, in their order.
    public List<Wanted> wanted() {
        var wanted = new ArrayList<Wanted>();
        for (Authority authority : choice.authorities()) {
            formats(authority).forEach(name -> wanted.add(wanted(authority, name)));
        }
        return wanted;
    }

    /// Where a signature goes; empty for standard output.
    public Optional<Path> target(Content content, Wanted one) {
        return names.target(content, one);
    }

    public Json json() {
        return new JsonFields().put("signed", signed).toJson();
    }

    private Wanted wanted(Authority authority, FormatName name) {
        var format = means.formats().get(name);
        requireForArtifacts(format.description());
        var encoding = choice.encoding()
                .filter(asked -> choice.formats().size() == 1 || knows(format, asked))
                .orElse(format.description().defaultEncoding());
        format.description().suffix(encoding);
        if (naming.join()) {
            Joining.of(format, encoding);
        }
        var target = new SigningRequest.Target(authority, name, choice.key());
        return new Wanted(target, means.signer().key(target), format, encoding);
    }

    private static boolean knows(Formats.Format format, Encoding encoding) {
        return format.description().encodings().stream().anyMatch(written -> written.encoding() == encoding);
    }

    /// The formats asked for, else those that the authority has a key for.
    private List<FormatName> formats(Authority authority) {
        if (!choice.formats().isEmpty()) {
            return choice.formats();
        }
        var present = means.signer().formats(authority);
        var forArtifacts = present.stream()
                .filter(name -> means.formats().get(name).description().signs() == FormatDescription.Signs.ARTIFACT)
                .toList();
        if (forArtifacts.isEmpty()) {
            throw new RefusedException(
                    "no-key", "%s has no key that signs artifacts, only for %s".formatted(authority, present));
        }
        return forArtifacts;
    }

    private static void requireForArtifacts(FormatDescription format) {
        switch (format.signs()) {
            case ARTIFACT, MANIFEST -> {}
            case STATEMENT ->
                throw new UsageException(
                        "format %s is for statements: 'chancery attest' makes them".formatted(format.name()));
            case TAG ->
                throw new UsageException(
                        "format %s is for tags: 'chancery tag create' makes them".formatted(format.name()));
        }
    }

    private Prepared prepare(Content content, List<Wanted> wanted) {
        var output = new OutputFiles(naming.force() || naming.join(), TAKEN_HINT);
        wanted.forEach(one -> names.target(content, one).ifPresent(path -> {
            output.requireFree(path);
            if (receipts()) {
                output.requireFree(SignatureNames.receipt(path));
            }
        }));
        boolean inMemory = wanted.stream().anyMatch(one -> one.encoding() == Encoding.CLEARTEXT);
        var input = inMemory ? Content.memory(content.name(), content.bytes(CleartextDocument.BYTES_MAX)) : content;
        var salts = salts(wanted);
        var measures = new HashSet<Measure>(means.signer().manner().always());
        wanted.forEach(one -> measures.addAll(one.measures(salts.getOrDefault(one, Salt.NONE))));
        Measured measured = input.measure(terminal, means.hashes(), measures);
        wanted.forEach(one -> requireContent(content, one, measured));
        var requests = wanted.stream()
                .map(one -> request(content, one, measured.onlyWith(salts.getOrDefault(one, Salt.NONE))))
                .toList();
        return new Prepared(content, input, inMemory ? measured.size() : 0, requests, output);
    }

    /// Writes what came back for one content, all of it or nothing.
    private void finish(Prepared prepared, List<Wanted> wanted, Arrived arrived) {
        if (arrived.failed().isPresent()) {
            failures.add(prepared.content().name(), arrived.failed().get());
            return;
        }
        var content = prepared.content();
        var output = prepared.output();
        var joining = new Joining(naming.force());
        try {
            for (int i = 0; i < wanted.size(); i++) {
                var one = wanted.get(i);
                var done = arrived.done().get(i);
                if (naming.join()) {
                    names.target(content, one)
                            .ifPresent(path ->
                                    joining.add(path, Joining.of(one.format(), one.encoding()), done.signature()));
                } else {
                    write(prepared, one, done);
                }
                record(content, one);
            }
            joining.write(output);
            output.commit();
        } finally {
            output.discard();
        }
        if (!naming.quiet()) {
            wanted.forEach(one -> names.target(content, one).ifPresent(path -> tell(content, one, path)));
        }
    }

    private static SigningRequest request(Content content, Wanted wanted, Measured measured) {
        return new SigningRequest(wanted.target(), wanted.encoding(), content.name(), measured);
    }

    /// Who signs issues a salt for each signature that has one, before the one pass over the content.
    private Map<Wanted, Salt> salts(List<Wanted> wanted) {
        var salts = new HashMap<Wanted, Salt>();
        for (Wanted one : wanted) {
            if (one.isSalted()) {
                salts.put(one, means.signer().salt(one.target()));
            }
        }
        return salts;
    }

    private void tell(Content content, Wanted wanted, Path where) {
        terminal.out()
                .println(content.name() + "  signed as " + wanted.target().authority() + " ("
                        + wanted.target().format() + ")  " + Shown.plain(where));
    }

    /// A format that signs the content itself takes little of it.
    private static void requireContent(Content content, Wanted wanted, Measured measured) {
        if (wanted.wantsContent() && !measured.has(Measure.content())) {
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

    private void write(Prepared prepared, Wanted wanted, Arrived.Done done) {
        Bytes file = done.signature().encoding() == Encoding.CLEARTEXT
                ? CleartextDocument.write(prepared.input().bytes(CleartextDocument.BYTES_MAX), done.signature())
                : done.signature().bytes();
        Optional<Path> target = names.target(prepared.content(), wanted);
        if (target.isEmpty()) {
            StandardOutput.write(terminal, file);
            return;
        }
        prepared.output().write(target.get(), file);
        done.receipt()
                .ifPresent(receipt -> prepared.output().write(SignatureNames.receipt(target.get()), receipt.write()));
    }

    private void record(Content content, Wanted wanted) {
        String where = names.target(content, wanted).map(Path::toString).orElse("-");
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
