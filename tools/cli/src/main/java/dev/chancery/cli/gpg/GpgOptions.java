// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A command line in gpg's manner: options and operands in any order, short ones joined (`-bsau KEY`), a value
/// after `=` or in the next word.
final class GpgOptions {
    /// What is done.
    enum Task {
        NOTHING,
        DETACH,
        CLEARSIGN,
        VERIFY,
        EXPORT,
        VERSION,
        HELP
    }

    private static final Map<Character, String> SHORT = Map.of(
            'a',
            "armor",
            'b',
            "detach-sign",
            's',
            "sign",
            'u',
            "local-user",
            'o',
            "output",
            't',
            "textmode",
            'q',
            "quiet",
            'v',
            "verbose",
            'h',
            "help");
    /// Options with a value that is used.
    private static final Set<String> VALUED = Set.of(
            "local-user",
            "default-key",
            "output",
            "status-fd",
            "passphrase-fd",
            "set-filename",
            "digest-algo",
            "cert-digest-algo");
    /// Taken for the sake of the tools that give them: what they set is not here, or is so anyway.
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "batch",
            "no-tty",
            "quiet",
            "verbose",
            "no-verbose",
            "no-greeting",
            "no-secmem-warning",
            "no-permission-warning",
            "no-sk-comments",
            "no-comments",
            "no-emit-version",
            "no-options",
            "no-auto-check-trustdb",
            "no-autostart",
            "use-agent",
            "no-use-agent",
            "lock-never",
            "utf8-strings",
            "force-v4-certs");
    private static final Set<String> VALUED_WITHOUT_MEANING = Set.of(
            "homedir",
            "pinentry-mode",
            "passphrase",
            "passphrase-file",
            "logger-fd",
            "keyid-format",
            "trust-model",
            "list-options",
            "verify-options",
            "charset",
            "display-charset",
            "compress-algo",
            "personal-digest-preferences");
    private static final Set<String> DIGESTS = Set.of("SHA256", "SHA384", "SHA512");

    private final List<String> localUsers = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private Task task = Task.NOTHING;
    private boolean signs;
    private boolean armor;
    private boolean textMode;
    private boolean yes;
    private Optional<String> defaultKey = Optional.empty();
    private Optional<String> output = Optional.empty();
    private Optional<String> fileName = Optional.empty();
    private Optional<Integer> statusDescriptor = Optional.empty();
    private Optional<Integer> passphraseDescriptor = Optional.empty();

    private GpgOptions() {}

    /// Throws `UsageException` for what is not taken, which names it.
    static GpgOptions parse(List<String> words) {
        var options = new GpgOptions();
        var left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            if (word.equals("--")) {
                options.operands.addAll(left);
                break;
            }
            if (word.startsWith("--")) {
                options.longOption(word.substring(2), left);
            } else if (word.startsWith("-") && word.length() > 1) {
                options.shortOptions(word.substring(1), left);
            } else {
                options.operands.add(word);
            }
        }
        options.requireTask();
        return options;
    }

    private void requireTask() {
        if (task == Task.NOTHING && signs) {
            throw new UsageException(
                    "a message with its content in it (--sign) is not made here:" + " --detach-sign or --clearsign");
        }
        if (task == Task.NOTHING) {
            throw new UsageException("say what to do: --detach-sign, --clearsign, --verify or --export");
        }
        if (textMode && task == Task.DETACH) {
            throw new UsageException("a detached signature over text (--textmode) is not made here");
        }
    }

    private void longOption(String text, Deque<String> left) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (VALUED.contains(name) || VALUED_WITHOUT_MEANING.contains(name)) {
            value(name, equals < 0 ? next("--" + name, left) : text.substring(equals + 1));
        } else if (equals >= 0) {
            throw unknown("--" + name + " with a value");
        } else {
            flag(name, "--" + name);
        }
    }

    private void shortOptions(String letters, Deque<String> left) {
        for (int i = 0; i < letters.length(); i++) {
            String shown = "-" + letters.charAt(i);
            String name = SHORT.get(letters.charAt(i));
            if (name == null) {
                throw unknown(shown);
            }
            if (VALUED.contains(name)) {
                value(name, i + 1 < letters.length() ? letters.substring(i + 1) : next(shown, left));
                return;
            }
            flag(name, shown);
        }
    }

    private static String next(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new UsageException("option %s needs a value".formatted(option));
        }
        return left.removeFirst();
    }

    private void flag(String name, String shown) {
        switch (name) {
            case "detach-sign" -> task(Task.DETACH);
            case "clearsign", "clear-sign" -> task(Task.CLEARSIGN);
            case "verify" -> task(Task.VERIFY);
            case "export" -> task(Task.EXPORT);
            case "version" -> task(Task.VERSION);
            case "help" -> task(Task.HELP);
            case "sign" -> signs = true;
            case "armor" -> armor = true;
            case "no-armor" -> armor = false;
            case "textmode" -> textMode = true;
            case "yes" -> yes = true;
            default -> {
                if (!WITHOUT_MEANING.contains(name)) {
                    throw unknown(shown);
                }
            }
        }
    }

    private void task(Task wanted) {
        if (task != Task.NOTHING && task != wanted) {
            throw new UsageException("two things cannot be done at once: %s and %s"
                    .formatted(
                            task.name().toLowerCase(Locale.ROOT), wanted.name().toLowerCase(Locale.ROOT)));
        }
        task = wanted;
    }

    private void value(String name, String value) {
        switch (name) {
            case "local-user" -> localUsers.add(value);
            case "default-key" -> defaultKey = Optional.of(value);
            case "output" -> output = Optional.of(value);
            case "set-filename" -> fileName = Optional.of(value);
            case "status-fd" -> statusDescriptor = Optional.of(descriptor(name, value));
            case "passphrase-fd" -> passphraseDescriptor = Optional.of(descriptor(name, value));
            case "digest-algo", "cert-digest-algo" -> requireDigest(value);
            default -> {
                // of VALUED_WITHOUT_MEANING
            }
        }
    }

    private static int descriptor(String name, String value) {
        if (!value.matches("[0-9]{1,4}")) {
            throw new UsageException(
                    "--%s %s is not the number of a file descriptor".formatted(name, Quoted.text(value)));
        }
        return Integer.parseInt(value);
    }

    /// Which digest is signed is the key's affair (SHA-512); who asks for a weak one is told.
    private static void requireDigest(String value) {
        if (!DIGESTS.contains(value.toUpperCase(Locale.ROOT))) {
            throw new UsageException("digest %s is not one of SHA256, SHA384 and SHA512".formatted(Quoted.text(value)));
        }
    }

    private static UsageException unknown(String option) {
        return new UsageException("option %s is none that chancery-gpg has".formatted(Quoted.text(option)));
    }

    Task task() {
        return task;
    }

    boolean armor() {
        return armor;
    }

    /// Whether a file that is there may be replaced.
    boolean replaces() {
        return yes;
    }

    /// Whose key signs: exactly one has to be named.
    String signer() {
        if (localUsers.size() > 1) {
            throw new UsageException(
                    "one signer at a time: --local-user is given %d times".formatted(localUsers.size()));
        }
        return localUsers.stream()
                .findFirst()
                .or(() -> defaultKey)
                .orElseThrow(() -> new UsageException("say who signs: --local-user AUTHORITY; there is no default"));
    }

    Optional<String> output() {
        return output;
    }

    /// The name of what comes on standard input.
    Optional<String> fileName() {
        return fileName;
    }

    Optional<Integer> statusDescriptor() {
        return statusDescriptor;
    }

    /// Whether the first line of standard input is a passphrase, and not content.
    boolean passphraseOnStandardInput() {
        return passphraseDescriptor.filter(number -> number == 0).isPresent();
    }

    List<String> operands() {
        return List.copyOf(operands);
    }
}
