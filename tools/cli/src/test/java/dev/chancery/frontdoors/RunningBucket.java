// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real object store with the API of S3: versitygw, whose buckets are folders.
public final class RunningBucket implements AutoCloseable {
    private static final String KEY = "AKIATEST";
    private static final String SECRET = "a/secret+of=tests";

    private final Path folder;
    private final int port;
    private final Process process;

    private RunningBucket(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// With one bucket, `releases`.
    public static RunningBucket in(Path folder) throws IOException, InterruptedException {
        StockTool.VERSITYGW.require();
        Files.createDirectories(folder.resolve("root/releases"));
        Path beside = Files.createDirectories(folder.resolve("beside"));
        int port = Ports.free();
        var builder = new ProcessBuilder(
                        "versitygw",
                        "--port",
                        "127.0.0.1:" + port,
                        "--quiet",
                        "posix",
                        "--sidecar",
                        beside.toString(),
                        folder.resolve("root").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(StockTool.environment(
                        folder, Map.of("ROOT_ACCESS_KEY_ID", KEY, "ROOT_SECRET_ACCESS_KEY", SECRET)));
        var bucket = new RunningBucket(folder, port, builder.start());
        Ports.await(bucket.process, port, folder.resolve("output"));
        return bucket;
    }

    /// The bucket.
    public Path files() {
        return folder.resolve("root/releases");
    }

    /// What whoever may use it has in his environment.
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3",
                "http://127.0.0.1:" + port,
                "AWS_ACCESS_KEY_ID",
                KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
