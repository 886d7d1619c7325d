// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import dev.chancery.server.http.Front;
import dev.chancery.server.http.Journal;
import dev.chancery.server.http.Route;
import dev.chancery.server.http.Routes;
import dev.chancery.server.metrics.Metrics;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/// A listener on a free port of this machine, and what it recorded.
final class TestServer implements AutoCloseable {
    final List<Journal.Access> accesses = new CopyOnWriteArrayList<>();
    final List<String> faults = new CopyOnWriteArrayList<>();
    final Metrics metrics = new Metrics();
    final HttpListener listener;
    private final boolean secure;

    private TestServer(HttpLimits limits, Optional<SSLContext> tls, Route... routes) {
        var journal = new Journal() {
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
                faults.add(requestId + " " + fault);
            }
        };
        var around = new Front.Surroundings(journal, metrics, InstantSource.system(), new SecureRandom());
        var front = new Front(new Routes(List.of(routes)), limits.requestsMax(), around);
        listener = HttpListener.start(new HttpPlan("127.0.0.1", 0, limits), tls, front);
        secure = tls.isPresent();
    }

    static TestServer of(Route... routes) {
        return new TestServer(HttpLimits.USUAL, Optional.empty(), routes);
    }

    static TestServer of(HttpLimits limits, Route... routes) {
        return new TestServer(limits, Optional.empty(), routes);
    }

    static TestServer of(SSLContext tls, Route... routes) {
        return new TestServer(HttpLimits.USUAL, Optional.of(tls), routes);
    }

    int port() {
        return listener.port();
    }

    String url(String path) {
        return (secure ? "https" : "http") + "://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        listener.close();
    }
}
