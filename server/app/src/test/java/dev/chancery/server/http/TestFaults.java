// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/// What can go wrong in a handler.
final class TestFaults {
    private TestFaults() {}

    static Answer of(String kind) throws IOException {
        if (kind.equals("io")) {
            throw new IOException("geheim");
        }
        if (kind.equals("assertion")) {
            throw new AssertionError("geheim");
        }
        if (kind.equals("stack")) {
            throw new StackOverflowError("geheim");
        }
        throw switch (kind) {
            case "refused" -> new RefusedException("some-rule", "the answer is no");
            case "later" -> new UnavailableException("not now", Duration.ofMillis(1_500));
            case "too-much" -> UnavailableException.tooMany("you have had yours", Duration.ofSeconds(3));
            case "unavailable" -> new UnavailableException("not now");
            case "malformed" -> new MalformedException("not so");
            case "conflict" -> new HttpProblem(Problem.of(ProblemType.CONFLICT, "It is there already"));
            case "too-many" ->
                new HttpProblem(Problem.of(ProblemType.TOO_MANY, "Slowly").retryAfter(Duration.ofSeconds(9)));
            default -> new IllegalStateException("geheim");
        };
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A request whose body never comes.
    static void interruptedPost(TestExchange exchange, String path) throws IOException {
        var body = new Incoming.Body() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(7);
            }

            @Override
            public InputStream open() {
                return new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return read();
                    }
                };
            }
        };
        var outgoing = new Outgoing() {
            @Override
            public void send(int status, Map<String, String> headers, byte[] content) {
                throw new IllegalStateException("nobody is there");
            }

            @Override
            public OutputStream begin(int status, Map<String, String> headers) {
                throw new IllegalStateException("nobody is there");
            }
        };
        var peer = new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), false, List.of());
        var line = new Incoming.Line("POST", path, "");
        exchange.front.serve(new Incoming(line, new Headers(Map.of()), peer, body), outgoing);
    }
}
