// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `chancery serve` as a process, on a free port.
final class RunningServer implements AutoCloseable {
    private static final String READY = "serving at ";

    private final Office office;
    private final Process process;
    private final String url;

    private RunningServer(Office office, Process process, String url) {
        this.office = office;
        this.process = process;
        this.url = url;
    }

    /// Starts it and waits until it says where it serves. Where there is no office yet it makes one.
    static RunningServer start(Office office) throws IOException {
        return start(office, List.of());
    }

    static RunningServer start(Office office, List<String> options) throws IOException {
        var words =
                new ArrayList<>(List.of(Office.PACKAGED.resolve("bin/chancery").toString(), "serve", "--port", "0"));
        words.addAll(options);
        var builder = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        office.root().resolve("access.jsonl").toFile()));
        builder.environment().clear();
        builder.environment().putAll(office.environment());
        var process = builder.start();
        var said = new ArrayList<String>();
        var messages = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = messages.readLine(); line != null; line = messages.readLine()) {
            said.add(line);
            if (line.startsWith(READY)) {
                Path kept = office.root().resolve("messages");
                Thread.ofVirtual().start(() -> keep(messages, kept));
                return new RunningServer(office, process, line.substring(READY.length()));
            }
        }
        throw new AssertionError("the server did not start: " + said);
    }

    Path directory() {
        return office.root().resolve("office/server");
    }

    /// A shell script in the office's working directory. `$U` is the server's URL, `$TOKEN` a token; `curl`
    /// trusts the server's certificate and fails where the answer does.
    Answer shell(String script) throws IOException {
        var environment = new HashMap<>(Map.copyOf(office.environment()));
        environment.put("U", url);
        environment.put("TOKEN", token());
        environment.put("CURL_HOME", curlHome().toString());
        environment.put("CHANCERY", Office.PACKAGED.resolve("bin/chancery").toString());
        return Answer.to(office.work(), environment, List.of("sh", "-euc", script));
    }

    String token() throws IOException {
        return Files.readString(directory().resolve("first-token")).strip();
    }

    private Path curlHome() throws IOException {
        Path home = Files.createDirectories(office.root().resolve("curl"));
        Files.writeString(
                home.resolve(".curlrc"),
                "cacert = \"%s\"\nsilent\nshow-error\n".formatted(directory().resolve("certificate.pem")));
        return home;
    }

    /// Whoever writes must not be kept waiting by a full pipe.
    private static void keep(BufferedReader messages, Path file) {
        try (var kept = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            messages.transferTo(kept);
        } catch (IOException e) {
            // It was killed.
        }
    }

    String url() {
        return url;
    }

    /// As a power cut does it, the enclave with the server.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        close();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
