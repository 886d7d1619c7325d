// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.Custody;
import dev.chancery.cli.life.LifeOffice;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonFields;
import dev.chancery.keys.share.KeyShare;
import dev.chancery.keys.share.ShareSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key share split|verify|restore`.
public final class KeyShareCommand extends Command {
    private static final String SPLIT = "split";
    private static final String VERIFY = "verify";
    private static final String RESTORE = "restore";

    private final Supplier<String> action = argument(
            "ACTION",
            List.of(SPLIT, VERIFY, RESTORE),
            "split: make shares; verify: prove that shares are the key; restore: put the key back.");
    private final Supplier<String> name = argument("AUTHORITY", "Whose primary key.");
    private final Supplier<List<Path>> files = pathArguments("SHARE", 0, "The shares to be verified or restored from.");
    private final Supplier<Optional<String>> required =
            option("--required", "K", "split: how many shares shall be the key: 2 or more.");
    private final Supplier<Optional<String>> shares =
            option("--shares", "N", "split: how many shares there shall be: at most 16.");
    private final Supplier<Optional<Path>> output =
            pathOption("--output", "DIR", "split: where the shares go, a file each.");
    private final Supplier<Optional<String>> cycle =
            option("--cycle", "NAME", "split: the cycle whose primary key is meant. Default: the only one.");
    private final Supplier<Boolean> dryRun = flag("--dry-run", "Write nothing; show what would be done.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyShareCommand(Terminal terminal) {
        super(
                terminal,
                "Keeps an authority's primary key in shares, of which some together are the key.",
                "",
                "A share is a text to be printed or put on a medium, one for each custodian. Fewer than K shares tell"
                        + " nothing of the key; K of them are the key, without a passphrase.",
                "",
                "verify joins shares and compares the key with the office's certificate; it writes nothing. restore"
                        + " seals it under the passphrase that the office has now.");
        examples(
                "  chancery key share split release --required 2 --shares 3 --output shares",
                "  chancery key share verify release /media/a/share.txt /media/b/share.txt",
                "  chancery key share restore release /media/a/share.txt /media/b/share.txt");
    }

    @Override
    public Integer call() {
        var office = LifeOffice.of(Office.of(terminal()), terminal().clock().instant());
        var custody = new Custody(office, office.life(new Authority(name.get())));
        switch (action.get()) {
            case SPLIT -> split(custody);
            case VERIFY -> verify(custody);
            case RESTORE -> restore(custody);
            default -> throw MalformedException.value("action", action.get(), "is not split, verify or restore");
        }
        return ExitStatus.DONE;
    }

    private void split(Custody custody) {
        if (!files.get().isEmpty()) {
            throw new UsageException("'key share split' takes no shares; it makes them");
        }
        int wanted = number("--required", required.get());
        int all = number("--shares", shares.get());
        ShareSet.requireNumbers(wanted, all);
        Path directory = output.get().orElseThrow(() -> new UsageException("'key share split' needs --output DIR"));
        var certificate = custody.certificate(cycle.get());
        var made = custody.split(certificate, wanted, all);
        try {
            if (dryRun.get()) {
                answer("would split", made.getFirst().set(), List.of(), written("would write", made));
            } else {
                var names = new ShareFiles(directory).write(made);
                answer(SPLIT, made.getFirst().set(), names, written("wrote", made));
            }
        } finally {
            made.forEach(KeyShare::close);
        }
    }

    private static String written(String verb, List<KeyShare> made) {
        var set = made.getFirst().set();
        return "%s %d shares of primary key %s, of which %d are the key"
                .formatted(verb, set.shares(), set.key().fingerprint(), set.required());
    }

    private static int number(String option, Optional<String> text) {
        String digits = text.orElseThrow(() -> new UsageException("'key share split' needs " + option));
        if (!digits.matches("[0-9]{1,3}")) {
            throw MalformedException.value(option, digits, "is not a number from 0 to 999");
        }
        return Integer.parseInt(digits);
    }

    private void verify(Custody custody) {
        try (var given = given()) {
            answer("verified", custody.verify(given.byName()), given.names(), sentence(given, ""));
        }
    }

    private void restore(Custody custody) {
        try (var given = given()) {
            if (dryRun.get()) {
                answer("would restore", custody.verify(given.byName()), given.names(), sentence(given, ""));
                return;
            }
            boolean isNew = custody.restore(given.byName());
            answer(
                    isNew ? "restored" : "unchanged",
                    given.first().set(),
                    given.names(),
                    sentence(given, isNew ? "; it is back in primary/" : "; it was in primary/ already"));
        }
    }

    private static String sentence(ShareFiles.Given given, String end) {
        var set = given.first().set();
        return "%d of %d shares, made %s, are primary key %s of %s%s"
                .formatted(
                        given.names().size(),
                        set.shares(),
                        set.made(),
                        set.key().fingerprint(),
                        set.key().description().authority(),
                        end);
    }

    private ShareFiles.Given given() {
        if (required.get().isPresent()
                || shares.get().isPresent()
                || output.get().isPresent()) {
            throw new UsageException("--required, --shares and --output are for 'key share split'");
        }
        if (files.get().isEmpty()) {
            throw new UsageException("'key share %s' needs the files of shares".formatted(action.get()));
        }
        return ShareFiles.read(files.get());
    }

    private void answer(String done, ShareSet set, List<String> names, String sentence) {
        if (!json.get()) {
            say(sentence);
            if (done.equals(SPLIT)) {
                names.forEach(file -> say("  " + file));
            }
            return;
        }
        terminal()
                .out()
                .print(new JsonFields()
                        .put("done", done)
                        .put("authority", set.key().description().authority().name())
                        .put("fingerprint", set.key().fingerprint())
                        .put("set", set.name().toString())
                        .put("made", set.made().toString())
                        .put("required", set.required())
                        .put("shares", set.shares())
                        .putTexts("files", names)
                        .toJson()
                        .pretty());
    }

    private void say(String line) {
        terminal().out().println(Shown.plain(line));
    }
}
