// SPDX-License-Identifier: Apache-2.0
package dev.chancery.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.interop.Office;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `chancery enclave` as a process, with the configuration `enclave.json` of a directory.
public record RunningEnclave(Path directory, Process process) implements AutoCloseable {
    public static final String ME = System.getProperty("user.name");

    /// Lets these Unix users ask the office's `release`, and writes the configuration, with which it starts on
    /// kernels that lack Landlock, too: a request door, a plain and a relayed stream door for OpenPGP.
    public static void configure(Office office, Path directory, List<String> users) throws IOException {
        Path home = office.root().resolve("office");
        permit(home, users);
        Files.writeString(directory.resolve("enclave.json"), """
                {
                  "version": 1,
                  "rules": "%1$s/rules.json",
                  "keys": [{"provider": "file", "directory": "%1$s/keys", "passphrase": "file:%1$s/passphrase"}],
                  "audit": {"file": "audit.jsonl", "copy_to_standard_output": true},
                  "sandbox": {"may_be_missing": ["memory-lock", "landlock", "landlock-truncate", "landlock-tcp",
                    "landlock-devices", "landlock-scopes"]},
                  "doors": [
                    {"kind": "request", "socket": "requests.sock"},
                    {"kind": "stream", "socket": "plain.sock", "conversation": "plain",
                     "authority": "release", "format": "openpgp", "encoding": "binary"},
                    {"kind": "stream", "socket": "relay.sock", "conversation": "relay", "silence_seconds": 2,
                     "authority": "release", "format": "openpgp", "encoding": "binary"}
                  ]
                }
                """.formatted(home));
    }

    /// Adds Unix users to whom the rules of an office let ask.
    public static void permit(Path home, List<String> users) throws IOException {
        var requesters = new ArrayList<String>();
        users.forEach(user -> requesters.add("\"unix:" + user + "\""));
        Path rules = home.resolve("rules.json");
        String mine = "\"local:" + ME + "\"";
        String before = Files.readString(rules);
        assertEquals(true, before.contains(mine), before);
        Files.writeString(rules, before.replace(mine, mine + ", " + String.join(", ", requesters)));
    }

    static RunningEnclave start(Office office, Path directory) throws IOException {
        return start(office.environment(), directory);
    }

    /// Starts it and waits until it says that it is ready.
    public static RunningEnclave start(Map<String, String> environment, Path directory) throws IOException {
        return start(Office.PACKAGED.resolve("bin/chancery"), environment, directory);
    }

    /// The same by another copy of the program.
    public static RunningEnclave start(Path program, Map<String, String> environment, Path directory)
            throws IOException {
        var builder = new ProcessBuilder(
                        program.toString(),
                        "enclave",
                        directory.resolve("enclave.json").toString())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("journal.jsonl").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        var said = new StringBuilder();
        var messages = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = messages.readLine(); line != null; line = messages.readLine()) {
            said.append(line).append('\n');
            if (line.contains("enclave is ready")) {
                return new RunningEnclave(directory, process);
            }
        }
        throw new AssertionError("the enclave did not start: " + said);
    }

    public Path socket(String name) {
        return directory.resolve(name + ".sock");
    }

    public Path auditFile() {
        return directory.resolve("audit.jsonl");
    }

    /// A figure of proc_pid_status(5), in KiB.
    long kibibytes(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid()))).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /// As a power cut does it: no handler runs.
    public void kill() {
        process.destroyForcibly();
        hasEnded();
    }

    private boolean hasEnded() {
        try {
            return process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!hasEnded()) {
            kill();
        }
    }
}
