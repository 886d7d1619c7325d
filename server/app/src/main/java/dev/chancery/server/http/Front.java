// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.server.metrics.Counter;
import dev.chancery.server.metrics.Gauge;
import dev.chancery.server.metrics.Histogram;
import dev.chancery.server.metrics.Metrics;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// From a request to its answer: finds the route, maps errors to problems, sets the headers that every answer
/// has, and records. It knows no listener. For many threads.
public final class Front {
    /// Requests that are handled at once, unless the configuration says otherwise.
    public static final int CONCURRENT_REQUESTS_MAX = 1_000;

    /// The header with a request's id, in both directions.
    static final String REQUEST_ID = "X-Request-Id";
    /// What stands for a route where none was found.
    static final String NO_ROUTE = "-";
    /// A sender's own id is taken over if it is of this form: nothing that could end a line or mean anything.
    static final Pattern FOREIGN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{7,63}");

    private static final int ID_BYTES = 16;
    private static final Duration BUSY = Duration.ofSeconds(1);

    /// What it needs of its process.
    public record Surroundings(Journal journal, Metrics metrics, InstantSource clock, SecureRandom random) {}

    private record Numbers(Counter requests, Histogram latency, Gauge running) {}

    private final Routes routes;
    private final Semaphore permits;
    private final Surroundings around;
    private final Numbers numbers;

    public Front(Routes routes, int concurrentRequestsMax, Surroundings around) {
        this.routes = routes;
        this.permits = new Semaphore(concurrentRequestsMax);
        this.around = around;
        Metrics metrics = around.metrics();
        this.numbers = new Numbers(
                metrics.counter("chancery_http_requests_total", "Requests that were answered.", "route", "status"),
                metrics.latency("chancery_http_request_seconds", "From a request's header to its answer.", "route"),
                metrics.gauge("chancery_http_requests_running", "Requests that are being handled."));
    }

    /// Answers one request. Throws `IOException` when the connection is of no more use.
    public void serve(Incoming incoming, Outgoing outgoing) throws IOException {
        var course = new Course(requestId(incoming), around.clock().instant(), System.nanoTime());
        var sending = new Sending(incoming, outgoing, course.id);
        numbers.running.add(1);
        try {
            sending.send(answer(incoming, course));
        } catch (Request.Gone e) {
            sending.abandoned();
            throw e;
        } catch (RuntimeException fault) {
            // Half of an answer may be on its way: all that can still be done is to end the connection.
            around.journal().failed(course.id, fault);
            throw new IOException("the answer could not be made", fault);
        } finally {
            numbers.running.add(-1);
            record(course, sending);
        }
    }

    /// What is known of a request while it runs.
    private static final class Course {
        private final String id;
        private final Instant begin;
        private final long beginNanos;
        private String route = NO_ROUTE;
        private Optional<Request> request = Optional.empty();

        private Course(String id, Instant begin, long beginNanos) {
            this.id = id;
            this.begin = begin;
            this.beginNanos = beginNanos;
        }
    }

    private void record(Course course, Sending sending) {
        var duration = Duration.ofNanos(System.nanoTime() - course.beginNanos);
        numbers.requests.increment(course.route, Integer.toString(sending.status()));
        numbers.latency.observe(duration, course.route);
        String requester = course.request.map(Request::requester).orElse("-");
        var outcome = new Journal.Outcome(course.route, sending.status(), sending.bytes(), duration);
        around.journal().answered(new Journal.Access(course.begin, course.id, requester, outcome));
    }

    private Answer answer(Incoming incoming, Course course) throws Request.Gone {
        try {
            return routed(incoming, course);
        } catch (HttpProblem e) {
            return e.problem().answer(course.id);
        } catch (ChanceryException e) {
            boolean jsonRead = course.request.map(Request::jsonRead).orElse(false);
            return Problem.of(e, jsonRead).answer(course.id);
        } catch (Request.Gone e) {
            throw e;
        } catch (Exception | StackOverflowError | AssertionError fault) {
            around.journal().failed(course.id, fault);
            return failure(course.id);
        }
    }

    private Answer routed(Incoming incoming, Course course) throws IOException {
        var target = RequestTarget.parse(incoming.line().path(), incoming.line().query());
        Set<Method> methods = routes.methods(target.path());
        if (methods.isEmpty()) {
            throw new HttpProblem(Problem.of(ProblemType.NOT_FOUND, "Nothing is under this path"));
        }
        Optional<Method> method = Method.of(incoming.line().method());
        if (method.filter(methods::contains).isEmpty()) {
            throw notAllowed(incoming.line().method(), methods);
        }
        if (method.get() == Method.OPTIONS) {
            return Answer.empty(204).with("Allow", allow(methods));
        }
        Routes.Found found = routes.find(method.get(), target.path()).orElseThrow();
        course.route = found.route().name();
        checkQuery(found.route(), target);
        var request = new Request(course.id, found, target, incoming);
        course.request = Optional.of(request);
        return found.route().load() == Route.Load.VITAL
                ? found.route().handler().answer(request)
                : counted(found.route().handler(), request);
    }

    private Answer counted(Handler handler, Request request) throws IOException {
        if (!permits.tryAcquire()) {
            throw new HttpProblem(Problem.of(ProblemType.UNAVAILABLE, "The server handles as many requests as it may")
                    .retryAfter(BUSY));
        }
        try {
            return handler.answer(request);
        } finally {
            permits.release();
        }
    }

    private static HttpProblem notAllowed(String method, Set<Method> methods) {
        return new HttpProblem(Problem.of(
                        ProblemType.METHOD_NOT_ALLOWED,
                        "The path takes %s, not %s".formatted(allow(methods), Quoted.text(method)))
                .header("Allow", allow(methods)));
    }

    private static String allow(Set<Method> methods) {
        return methods.stream().map(Method::name).collect(Collectors.joining(", "));
    }

    private static void checkQuery(Route route, RequestTarget target) {
        for (var parameter : target.query().entrySet()) {
            String name = parameter.getKey();
            if (!route.query().tolerant() && !route.query().knows(name)) {
                throw MalformedException.value("query parameter", name, "is not known here; " + known(route));
            }
            if (parameter.getValue().size() > 1 && route.query().once().contains(name)) {
                throw MalformedException.value("query parameter", name, "stands there more than once");
            }
        }
    }

    private static String known(Route route) {
        var names = new TreeSet<>(route.query().once());
        names.addAll(route.query().repeatable());
        return names.isEmpty() ? "none is" : "known are " + String.join(", ", names);
    }

    private Answer failure(String id) {
        return Problem.of(ProblemType.FAILURE, "The fault is ours; the request's id leads to its record")
                .answer(id);
    }

    /// A refusal by a listener, before there was a request that could be routed.
    public Answer refusal(ProblemType type, String detail) {
        String id = newId();
        return Sending.dressed(Problem.of(type, detail).answer(id), id);
    }

    private String requestId(Incoming incoming) {
        List<String> given = incoming.headers().all(REQUEST_ID);
        boolean taken =
                given.size() == 1 && FOREIGN_ID.matcher(given.getFirst()).matches();
        return taken ? given.getFirst() : newId();
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        around.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
