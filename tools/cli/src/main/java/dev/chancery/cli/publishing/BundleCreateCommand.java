// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.packages.StoredZip;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.files.SignatureFiles;
import dev.chancery.files.StockKeys;
import dev.chancery.json.JsonFields;
import dev.chancery.trust.KeyringDocument;
import dev.chancery.verification.VerifiedSignature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// `chancery bundle create`.
public final class BundleCreateCommand extends PolicyCommand {
    private static final List<String> TOOLS = List.of("gpg", "openssl", "cosign", "minisign", "signify", "ssh");
    private static final int MODE = 0644;

    private final Supplier<List<Path>> files = pathArguments("FILE", 1, "What goes into it, with what lies beside it.");
    private final Supplier<Path> output = requiredPathOption("--output", "BUNDLE", "The file that is made.");
    private final Supplier<Optional<Path>> update = pathOption(
            "--update",
            "FILE",
            "A keyring document that 'chancery keyring compose' wrote, with its signatures beside it: for 'keyring"
                    + " update' where the bundle goes.");

    public BundleCreateCommand(Terminal terminal) {
        super(
                terminal,
                "Makes one file of artifacts, signatures, receipts, public keys and policy, for places without a"
                        + " network.",
                "",
                "Nothing goes in that the policy refuses. The file is a zip file with the same bytes on every machine;"
                        + " its README.md has the commands by which stock tools verify each signature.");
        examples(
                "  chancery bundle create app.jar tool.zip --policy release.json --output release-1.2.zip",
                "  chancery bundle create app.jar --require qa --update keyring.json --output release-1.2.zip");
    }

    @Override
    public Integer call() {
        var judge = judge();
        var accepted = new TreeMap<String, Artifact>();
        var refused = new ArrayList<Verification.Answer>();
        for (Path file : files.get()) {
            var content = Content.file(file);
            var answer = judge.verification().verify(content, List.of());
            if (!answer.accepted()) {
                refused.add(answer);
            } else if (accepted.put(content.name().text(), new Artifact(file, answer)) != null) {
                throw new UsageException("two files would both be %s".formatted(content.name()));
            }
        }
        if (!refused.isEmpty()) {
            refuse(judge, refused);
            return ExitStatus.VERIFICATION_SAYS_NO;
        }
        if (accepted.size() > BundleFiles.ARTIFACTS_MAX) {
            throw new MalformedException(
                    "%d artifacts are more than %d in a bundle".formatted(accepted.size(), BundleFiles.ARTIFACTS_MAX));
        }
        var members = members(judge, accepted);
        write(members);
        tell(accepted, members.size());
        return ExitStatus.DONE;
    }

    private record Artifact(Path file, Verification.Answer answer) {
        List<VerifiedSignature> signatures() {
            return answer.findings().stream()
                    .filter(VerifiedSignature.class::isInstance)
                    .map(VerifiedSignature.class::cast)
                    .toList();
        }
    }

    private void refuse(Judge judge, List<Verification.Answer> refused) {
        if (inJson()) {
            var documents = refused.stream().map(Verification.Answer::toJson).toList();
            terminal()
                    .out()
                    .print(new JsonFields().put("refused", documents).toJson().pretty());
        } else {
            refused.forEach(answer -> answer.print(terminal().out()));
            terminal().out().println("no bundle was made");
        }
        judge.hint(terminal());
    }

    private SequencedMap<String, Published> members(Judge judge, Map<String, Artifact> artifacts) {
        var members = new LinkedHashMap<String, Published>();
        var keyring = judge.keyring().files();
        var readme = new BundleReadme(keyring);
        artifacts.forEach((name, artifact) -> readme.artifact(name, artifact.signatures()));
        add(members, BundleFiles.README, readme.bytes());
        add(members, BundleFiles.INDEX, BundleFiles.index(List.copyOf(artifacts.keySet())));
        add(members, BundleFiles.POLICY, judge.policy().toBytes());
        keys(judge.keyring()).forEach((name, bytes) -> add(members, name, bytes));
        updates(judge).forEach((name, bytes) -> add(members, BundleFiles.UPDATE + name, bytes));
        artifacts
                .values()
                .forEach(artifact -> Publishing.files(artifact.file(), artifact.answer())
                        .forEach(file -> members.put(BundleFiles.ARTIFACTS + file.name(), file)));
        return members;
    }

    private static void add(Map<String, Published> members, String name, Bytes bytes) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        members.put(name, Published.memory(new dev.chancery.core.ArtifactName(last), bytes));
    }

    private static Map<String, Bytes> keys(KeyringDirectory keyring) {
        var files = new TreeMap<String, Bytes>();
        keyring.files()
                .forEach((format, ofFormat) -> ofFormat.forEach((authority, bytes) -> files.put(
                        BundleFiles.KEYRING + keyring.file(authority, format).getFileName(), bytes)));
        keyring.timestampServices()
                .ifPresent(bytes -> files.put(
                        BundleFiles.KEYRING + keyring.timestampServicesFile().getFileName(), bytes));
        for (String tool : TOOLS) {
            StockKeys.files(tool, keyring.files()).forEach((name, bytes) -> files.put(BundleFiles.KEYS + name, bytes));
        }
        return files;
    }

    private Map<String, Bytes> updates(Judge judge) {
        var files = new LinkedHashMap<String, Bytes>();
        update.get().ifPresent(document -> {
            var bytes = InputFiles.read("keyring document", document, KeyringDocument.BYTES_MAX);
            var authorities =
                    new HashSet<>(KeyringDocument.parse(bytes).requirement().authorities());
            files.put("keyring.json", bytes);
            String name = String.valueOf(document.getFileName());
            new SignatureFiles(judge.wiring().formats())
                    .beside(document, authorities)
                    .forEach(file -> files.put("keyring.json" + file.name().substring(name.length()), file.bytes()));
        });
        return files;
    }

    private void write(SequencedMap<String, Published> members) {
        var files = new OutputFiles(false);
        try {
            files.write(output.get(), stream -> zip(stream, members));
            files.commit();
        } finally {
            files.discard();
        }
    }

    private static void zip(OutputStream stream, SequencedMap<String, Published> members) throws IOException {
        var zip = new StoredZip(new BufferedOutputStream(stream));
        for (var member : members.entrySet()) {
            zip.file(member.getKey(), MODE, member.getValue().source()::open);
        }
        zip.finish();
    }

    private void tell(Map<String, Artifact> artifacts, int members) {
        if (inJson()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("bundle", output.get().toString())
                            .putTexts("artifacts", artifacts.keySet())
                            .toJson()
                            .pretty());
        } else {
            terminal()
                    .out()
                    .println(Shown.plain(
                            "%s  has %d artifacts in %d files".formatted(output.get(), artifacts.size(), members)));
        }
    }
}
