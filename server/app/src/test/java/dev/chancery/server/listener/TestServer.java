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

    private TestServer(HttpPlan plan, Optional<SSLContext> tls, Route... routes) {
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
        var front = new Front(new Routes(List.of(routes)), plan.limits().requestsMax(), around);
        listener = HttpListener.start(plan, tls, front);
        secure = tls.isPresent();
    }

    private static HttpPlan plan(HttpLimits limits) {
        return new HttpPlan("127.0.0.1", 0, limits);
    }

    static TestServer on(HttpPlan plan) {
        return new TestServer(plan, Optional.empty());
    }

    static TestServer of(Route... routes) {
        return new TestServer(plan(HttpLimits.USUAL), Optional.empty(), routes);
    }

    static TestServer of(HttpLimits limits, Route... routes) {
        return new TestServer(plan(limits), Optional.empty(), routes);
    }

    static TestServer of(SSLContext tls, Route... routes) {
        return new TestServer(plan(HttpLimits.USUAL), Optional.of(tls), routes);
    }

    static TestServer of(HttpLimits limits, SSLContext tls, Route... routes) {
        return new TestServer(plan(limits), Optional.of(tls), routes);
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
