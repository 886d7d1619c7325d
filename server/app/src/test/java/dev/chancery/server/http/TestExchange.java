// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.server.metrics.Metrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A front without a listener: requests go in, and what would be sent comes out.
public final class TestExchange {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    public final List<Journal.Access> accesses = new ArrayList<>();
    public final List<String> faults = new ArrayList<>();
    final Metrics metrics = new Metrics();
    final Front front;
    public final Journal journal = new Journal() {
        @Override
        public void answered(Access access) {
            accesses.add(access);
        }

        @Override
        public void noted(String requestId, String sentence) {
            faults.add(sentence);
        }

        @Override
        public void failed(String requestId, Throwable fault) {
            faults.add(fault.toString());
        }
    };
    private List<X509Certificate> certificates = List.of();

    TestExchange(int concurrentMax, Route... routes) {
        front = new Front(
                new Routes(List.of(routes)),
                concurrentMax,
                new Front.Surroundings(journal, metrics, InstantSource.fixed(NOW), new SecureRandom()));
    }

    public TestExchange(Route... routes) {
        this(Front.CONCURRENT_REQUESTS_MAX, routes);
    }

    /// From now on the sender has shown these in his handshake.
    public void shows(X509Certificate... shown) {
        certificates = List.of(shown);
    }

    /// What was sent.
    public record Sent(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "none");
        }
    }

    /// `GET /path?query` or any other method, with headers `Name: value`.
    public Sent ask(String line, String... headers) throws IOException {
        return send(line, Optional.empty(), headers);
    }

    Sent post(String path, String body, String... headers) throws IOException {
        return send("POST " + path, Optional.of(body), headers);
    }

    Sent send(String line, Optional<String> content, String... headers) throws IOException {
        Map<String, List<String>> fields = new HashMap<>();
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            fields.computeIfAbsent(parts[0], none -> new ArrayList<>()).add(parts[1]);
        }
        String[] words = line.split(" ", 2);
        String[] target = words[1].split("\\?", 2);
        var incoming = new Incoming(
                new Incoming.Line(words[0], target[0], target.length > 1 ? target[1] : ""),
                new Headers(fields),
                new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), false, certificates),
                body(content.orElse("").getBytes(StandardCharsets.UTF_8), content.isPresent()));
        var outgoing = new Recording();
        front.serve(incoming, outgoing);
        return new Sent(outgoing.status, outgoing.headers, outgoing.body.toString(StandardCharsets.UTF_8));
    }

    private static Incoming.Body body(byte[] bytes, boolean announced) {
        return new Incoming.Body() {
            @Override
            public OptionalLong length() {
                return announced ? OptionalLong.of(bytes.length) : OptionalLong.empty();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    private static final class Recording implements Outgoing {
        private int status;
        private Map<String, String> headers = Map.of();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        @Override
        public void send(int code, Map<String, String> fields, byte[] content) throws IOException {
            begin(code, fields).write(content);
        }

        @Override
        public OutputStream begin(int code, Map<String, String> fields) {
            if (status != 0) {
                throw new IllegalStateException("answered twice");
            }
            status = code;
            headers = fields;
            return body;
        }
    }
}
