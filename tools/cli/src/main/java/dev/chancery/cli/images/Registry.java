// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.cli.remote.Patience;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// One repository of a registry (OCI distribution 1.1). For one thread.
final class Registry implements AutoCloseable {
    /// Bytes.
    static final int MANIFEST_BYTES_MAX = 4 << 20;

    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(60);
    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);
    private static final Set<Integer> REDIRECTED = Set.of(301, 302, 303, 307, 308);
    private static final int REDIRECTIONS_MAX = 5;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERRORS = 500;

    private final ImageReference image;
    private final URI base;
    private final RegistryLogin login;
    private final HttpClient client;
    private Optional<String> authorization = Optional.empty();

    Registry(ImageReference image, Optional<SSLContext> tls, RegistryLogin login) {
        this.image = image;
        this.login = login;
        boolean plain = image.isLocal() && tls.isEmpty();
        this.base =
                URI.create("%s://%s/v2/%s/".formatted(plain ? "http" : "https", image.registry(), image.repository()));
        var builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME_MAX)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    ImageReference image() {
        return image;
    }

    /// A manifest by its tag or digest.
    Optional<Manifest> manifest(String reference) {
        var reply = exchange(to("manifests/" + reference)
                .header("Accept", String.join(", ", Manifest.TYPES))
                .GET());
        if (reply.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        require(reply, OK, "manifest " + reference);
        var manifest = new Manifest(type(reply), Bytes.of(reply.body()));
        if (ImageReference.DIGEST.matcher(reference).matches()) {
            requireDigest(reference, manifest.bytes());
        }
        return Optional.of(manifest);
    }

    /// Writes a manifest under a tag or its digest.
    ///
    /// @return whether the registry lists it as a referrer of its `subject`
    boolean putManifest(String reference, Manifest manifest) {
        var reply = exchange(to("manifests/" + reference)
                .header("Content-Type", manifest.mediaType())
                .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest.bytes().toArray())));
        require(reply, CREATED, "manifest " + reference);
        return reply.headers().firstValue("OCI-Subject").isPresent();
    }

    /// What refers to a manifest; empty where the registry does not tell.
    Optional<Manifest> referrers(String digest) {
        var reply = exchange(
                to("referrers/" + digest).header("Accept", Manifest.INDEX).GET());
        // A registry that knows no such call answers 404, and some answer 400 or 405.
        boolean unknown = reply.statusCode() >= 400 && reply.statusCode() < SERVER_ERRORS;
        if (unknown && reply.statusCode() != UNAUTHORIZED && reply.statusCode() != FORBIDDEN) {
            return Optional.empty();
        }
        require(reply, OK, "list of what refers to " + digest);
        return Optional.of(new Manifest(Manifest.INDEX, Bytes.of(reply.body())));
    }

    Bytes blob(String digest) {
        var reply = exchange(to("blobs/" + digest).GET());
        for (int i = 0; i < REDIRECTIONS_MAX && REDIRECTED.contains(reply.statusCode()); i++) {
            reply = send(HttpRequest.newBuilder(redirected(reply)).GET());
        }
        require(reply, OK, "blob " + digest);
        var bytes = Bytes.of(reply.body());
        requireDigest(digest, bytes);
        return bytes;
    }

    /// Where somebody else has it; our credential does not go there, and nothing goes there in plain.
    private URI redirected(HttpResponse<byte[]> reply) {
        var to = reply.request()
                .uri()
                .resolve(reply.headers().firstValue("Location").orElse(""));
        if (!"https".equals(to.getScheme()) && !base.getScheme().equals("http")) {
            throw new RefusedException(
                    "registry-redirect", "registry %s leads away from TLS".formatted(image.registry()));
        }
        return to;
    }

    void putBlob(Bytes content) {
        String digest = Descriptor.digest(content);
        if (exchange(to("blobs/" + digest).method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .statusCode()
                == OK) {
            return;
        }
        var begun = exchange(to("blobs/uploads/").POST(HttpRequest.BodyPublishers.noBody()));
        require(begun, ACCEPTED, "upload");
        var place = begun.request()
                .uri()
                .resolve(begun.headers().firstValue("Location").orElse(""));
        if (!base.getAuthority().equals(place.getAuthority())) {
            throw new RefusedException(
                    "registry-redirect", "registry %s wants uploads at another host".formatted(image.registry()));
        }
        String query = place.getRawQuery() == null ? "?" : "&";
        var request = HttpRequest.newBuilder(
                        URI.create(place + query + "digest=" + URLEncoder.encode(digest, StandardCharsets.UTF_8)))
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content.toArray()));
        require(exchange(request), CREATED, "blob " + digest);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private static String type(HttpResponse<byte[]> reply) {
        String type = reply.headers().firstValue("Content-Type").orElse("");
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private void requireDigest(String digest, Bytes bytes) {
        if (!Descriptor.digest(bytes).equals(digest)) {
            throw new MalformedException("registry %s has other bytes under %s".formatted(image.registry(), digest));
        }
    }

    private void require(HttpResponse<byte[]> reply, int status, String what) {
        int found = reply.statusCode();
        if (found == UNAUTHORIZED || found == FORBIDDEN) {
            throw new HintedException(
                    new RefusedException("registry-denied", "registry %s denies %s".formatted(image.registry(), what)),
                    "'docker login', DOCKER_CONFIG or netrc tell it who asks");
        }
        if (found != status) {
            String sentence = "registry %s answers %d for %s".formatted(image.registry(), found, what);
            if (found >= SERVER_ERRORS || found == NOT_FOUND) {
                throw new UnavailableException(sentence);
            }
            throw new RefusedException("registry-refused", sentence);
        }
    }

    /// With our credential; a second time when the registry asks for another one.
    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        var reply = send(request);
        if (reply.statusCode() != UNAUTHORIZED) {
            return reply;
        }
        var challenge = reply.headers().firstValue("WWW-Authenticate").orElse("");
        authorization = login.answer(challenge, base, token -> send(token).body());
        if (authorization.isEmpty()) {
            return reply;
        }
        request.setHeader("Authorization", authorization.get());
        return send(request);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder builder) {
        var request = builder.timeout(ANSWER_TIME_MAX).build();
        long begin = System.nanoTime();
        for (int attempts = 1; ; attempts++) {
            Optional<HttpResponse<byte[]>> reply = Optional.empty();
            ChanceryException error = new UnavailableException("registry %s is busy".formatted(image.registry()));
            try {
                reply = Optional.of(once(request));
            } catch (IOException e) {
                error = new UnavailableException(
                        "registry %s does not answer: %s"
                                .formatted(image.registry(), Quoted.text(String.valueOf(e.getMessage()))),
                        e);
            }
            var wait = Patience.DEFAULT.after(attempts, Duration.ofNanos(System.nanoTime() - begin), Optional.empty());
            if (reply.isPresent() && !AGAIN.contains(reply.get().statusCode())) {
                return reply.get();
            }
            if (wait.isEmpty() || (reply.isEmpty() && attempts > 2)) {
                throw error;
            }
            pause(wait.get());
        }
    }

    private HttpResponse<byte[]> once(HttpRequest request) throws IOException {
        try {
            var reply = client.send(
                    request,
                    info -> HttpResponse.BodySubscribers.limiting(
                            HttpResponse.BodySubscribers.ofByteArray(), MANIFEST_BYTES_MAX));
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("registry %s was not waited for".formatted(image.registry()), e);
        }
    }

    private void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("registry %s was not waited for".formatted(image.registry()), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
