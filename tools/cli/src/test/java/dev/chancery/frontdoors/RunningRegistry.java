// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import dev.chancery.interop.StockTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/// Docker's registry, without TLS, which does not list what refers to a digest.
public final class RunningRegistry implements AutoCloseable {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final Path folder;
    private final int port;
    private final Process process;

    private RunningRegistry(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// For everybody.
    public static RunningRegistry in(Path folder) throws IOException, InterruptedException {
        return in(folder, "");
    }

    /// For who knows the password `of-images` of `builder`.
    static RunningRegistry withPassword(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("users"), "builder:$2b$04$VOOrT4zSe1obFrSV7MICHOhSwpUMv5sBANhY2cPMYbocLeYFVop3C\n");
        return in(folder, "auth: {htpasswd: {realm: all, path: %s}}\n".formatted(folder.resolve("users")));
    }

    private static RunningRegistry in(Path folder, String more) throws IOException, InterruptedException {
        StockTool.DOCKER_REGISTRY.require();
        Files.createDirectories(folder);
        int port = Ports.free();
        Path configuration =
                Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                %s""".formatted(folder.resolve("data"), port, more));
        var builder = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().putAll(StockTool.environment(folder, Map.of()));
        var registry = new RunningRegistry(folder, port, builder.start());
        Ports.await(registry.process, port, folder.resolve("output"));
        return registry;
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    /// Makes an image of one layer, and pushes it; its digest.
    public String push(String image, String content, String... options) throws IOException {
        Path layout = Files.createTempDirectory(folder, "image");
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        String layer = blob(blobs, gzipped(content));
        String config = blob(
                blobs,
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
                        .concat("\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:%s\"]}}")
                        .formatted(layer));
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:%s","size":%d}]}
                """.formatted(
                        MANIFEST, config, Files.size(blobs.resolve(config)), layer, Files.size(blobs.resolve(layer)));
        String digest = blob(blobs, manifest);
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%d}]}"
                        .formatted(MANIFEST, digest, Files.size(blobs.resolve(digest))));
        var words = new ArrayList<>(
                List.of("--insecure-policy", "copy", "--quiet", "--preserve-digests", "--dest-tls-verify=false"));
        words.addAll(List.of(options));
        words.addAll(List.of("oci:" + layout, "docker://%s/%s".formatted(host(), image)));
        StockTool.SKOPEO.run(folder, words.toArray(String[]::new)).assertStatus(0);
        return "sha256:" + digest;
    }

    /// So that nobody wants to compress it on the way.
    private static byte[] gzipped(String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String blob(Path blobs, String content) throws IOException {
        return blob(blobs, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String blob(Path blobs, byte[] bytes) throws IOException {
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Files.write(blobs.resolve(digest), bytes);
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
