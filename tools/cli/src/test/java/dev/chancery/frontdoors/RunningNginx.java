// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// nginx, which gives out a folder over TLS to everybody and takes files by `PUT` from who knows the password.
public final class RunningNginx implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Process process;

    private RunningNginx(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    private static void makeCertificate(Path folder) {
        StockTool.OPENSSL
                .run(
                        folder,
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=127.0.0.1",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "certificate.pem")
                .assertStatus(0);
    }

    public static RunningNginx in(Path folder) throws IOException, InterruptedException {
        StockTool.NGINX.require();
        Files.createDirectories(folder.resolve("files"));
        Files.createDirectories(folder.resolve("temporary"));
        makeCertificate(folder);
        Files.writeString(folder.resolve("users"), "builder:{PLAIN}of-packages\n");
        int port = Ports.free();
        Files.writeString(folder.resolve("nginx.conf"), """
            %s
            daemon off;
            pid nginx.pid;
            error_log error.log;
            worker_processes 1;
            events { worker_connections 64; }
            http {
              access_log access.log;
              client_max_body_size 0;
              client_body_temp_path temporary;
              proxy_temp_path temporary; fastcgi_temp_path temporary;
              uwsgi_temp_path temporary; scgi_temp_path temporary;
              server {
                listen 127.0.0.1:%d ssl;
                ssl_certificate certificate.pem;
                ssl_certificate_key key.pem;
                root files;
                location / {
                  dav_methods PUT;
                  create_full_put_path on;
                  limit_except GET { auth_basic "files"; auth_basic_user_file users; }
                }
              }
            }
            """.formatted(user(), port));
        Path log = folder.resolve("error.log");
        var builder = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", "nginx.conf", "-e", log.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(StockTool.environment(folder, Map.of()));
        var nginx = new RunningNginx(folder, port, builder.start());
        Ports.await(nginx.process, port, folder.resolve("output"));
        return nginx;
    }

    /// Workers of a nginx that root starts would belong to another user, who cannot look into our folder.
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root root;" : "";
    }

    public Path files() {
        return folder.resolve("files");
    }

    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /// For who may write.
    public Path netrc() throws IOException {
        Path file =
                Files.writeString(folder.resolve("netrc"), "machine 127.0.0.1 login builder password of-packages\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }
}
