// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Verification;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `chancery publish`.
public final class PublishCommand extends PlaceCommand {
    private final Supplier<List<Path>> files = pathArguments("FILE", 1, "What to publish, with what lies beside it.");
    private final Supplier<String> place = requiredOption(
            "--to", "PLACE", "A directory, https://HOST/PATH that takes files by PUT, or s3://BUCKET/PREFIX.");
    private final Supplier<Boolean> dryRun = flag("--dry-run", "Write nothing; show what would be written.");

    public PublishCommand(Terminal terminal) {
        super(
                terminal,
                "Puts artifacts with their signatures and receipts into a place, and nothing that a policy refuses.",
                "",
                "Every FILE is verified by the files beside it before the first is written. Signatures that count and"
                        + " receipts go before the artifact. A file that is there and equal is left, another one is"
                        + " never replaced; what was written is read back. Given again, it goes on where it was cut"
                        + " off.");
        examples(
                "  chancery publish app.jar --to /srv/releases --require jenkins-prd --require 2:qa,security,release",
                "  chancery publish dist/*.zip --to https://repo.example.com/raw/app/1.2 --policy release.json");
    }

    @Override
    public Integer call() {
        var judge = judge();
        var accepted = new LinkedHashMap<Path, Verification.Answer>();
        var refused = new ArrayList<Verification.Answer>();
        for (Path file : files.get()) {
            var answer = judge.verification().verify(Content.file(file), List.of());
            if (answer.accepted()) {
                accepted.put(file, answer);
            } else {
                refused.add(answer);
            }
        }
        if (!refused.isEmpty()) {
            refuse(judge, refused);
            return ExitStatus.VERIFICATION_SAYS_NO;
        }
        publish(accepted);
        return ExitStatus.DONE;
    }

    private void refuse(Judge judge, List<Verification.Answer> refused) {
        if (inJson()) {
            var documents = refused.stream().map(Verification.Answer::toJson).toList();
            print(new JsonFields().put("published", List.of()).put("refused", documents));
        } else {
            refused.forEach(answer -> answer.print(terminal().out()));
            terminal().out().println("nothing was published");
        }
        judge.hint(terminal());
    }

    private void publish(Map<Path, Verification.Answer> accepted) {
        var sets = new LinkedHashMap<Path, List<Published>>();
        accepted.forEach((file, answer) -> {
            sets.put(file, Publishing.files(file, answer));
            Publishing.left(answer)
                    .forEach(bad -> terminal()
                            .err()
                            .println(Shown.plain("chancery: %s stays behind, for it does not count: %s"
                                    .formatted(bad.file(), bad.sentence()))));
        });
        var documents = new ArrayList<Json>();
        try (var open = places().place(place.get())) {
            var publishing = new Publishing(open);
            sets.values().forEach(publishing::requireFree);
            sets.forEach((file, set) -> {
                var done = new ArrayList<Publishing.Done>();
                if (dryRun.get()) {
                    set.forEach(one -> done.add(new Publishing.Done(one, true)));
                } else {
                    publishing.publish(set, done::add);
                }
                tell(set.getLast(), done, open.toString());
                documents.add(document(set.getLast(), done));
            });
        }
        if (inJson()) {
            print(new JsonFields().put("published", documents).put("refused", List.of()));
        }
    }

    private void tell(Published artifact, List<Publishing.Done> done, String where) {
        if (inJson()) {
            return;
        }
        long written = done.stream().filter(Publishing.Done::written).count();
        String words = dryRun.get() ? "would be published" : written > 0 ? "published" : "is there already";
        terminal()
                .out()
                .println(Shown.plain("%s  %s in %s with %d files beside it"
                        .formatted(artifact.name(), words, where, done.size() - 1)));
    }

    private static Json document(Published artifact, List<Publishing.Done> done) {
        var files = done.stream()
                .map(one -> new JsonFields()
                        .put("name", one.file().name().text())
                        .put("sha256", one.file().digest().hex())
                        .put("written", one.written())
                        .toJson())
                .toList();
        return new JsonFields()
                .put("artifact", artifact.name().text())
                .put("files", files)
                .toJson();
    }

    private void print(JsonFields answer) {
        terminal().out().print(answer.toJson().pretty());
    }
}
