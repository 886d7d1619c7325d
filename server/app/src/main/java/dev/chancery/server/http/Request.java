// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.Requester;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// One request, as its route's handler sees it. For the thread that handles it.
public final class Request {
    /// The other end closed the connection, or was cut off because it was too slow: nobody is there to answer.
    static final class Gone extends IOException {
        private static final long serialVersionUID = 1;

        private Gone(IOException cause) {
            super(cause);
        }
    }

    /// Tells faults of the sender from those of a handler.
    private static final class BodyInput extends FilterInputStream {
        private BodyInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                throw new Gone(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (IOException e) {
                throw new Gone(e);
            }
        }
    }

    private final String id;
    private final Routes.Found found;
    private final RequestTarget target;
    private final Incoming incoming;
    private boolean bodyTaken;
    private boolean jsonRead;
    private String requester = "-";

    Request(String id, Routes.Found found, RequestTarget target, Incoming incoming) {
        this.id = id;
        this.found = found;
        this.target = target;
        this.incoming = incoming;
    }

    /// In the answer's header, in the log, and in every problem document.
    public String id() {
        return id;
    }

    public Route route() {
        return found.route();
    }

    public Peer peer() {
        return incoming.peer();
    }

    public Headers headers() {
        return incoming.headers();
    }

    /// A header that may stand there once; 400 when it stands there twice.
    public Optional<String> header(String name) {
        return incoming.headers().one(name);
    }

    /// A variable of the path, decoded.
    public String path(String variable) {
        String value = found.variables().get(variable);
        if (value == null) {
            throw new IllegalArgumentException("path " + route().path() + " has no variable " + variable);
        }
        return value;
    }

    /// A variable of the path as a value with a rule of its own: 400 when it breaks it.
    public <T> T path(String variable, Function<String, T> parse) {
        return parse.apply(path(variable));
    }

    /// A parameter of the query, decoded. The route has to declare it.
    public Optional<String> query(String parameter) {
        if (!route().query().once().contains(parameter)) {
            throw new IllegalArgumentException("route " + route().name() + " declares no parameter " + parameter);
        }
        return target.query().getOrDefault(parameter, List.of()).stream().findFirst();
    }

    /// A parameter of the query as a value with a rule of its own: 400 when it breaks it.
    public <T> Optional<T> query(String parameter, Function<String, T> parse) {
        return query(parameter).map(value -> {
            try {
                return parse.apply(value);
            } catch (MalformedException e) {
                throw new MalformedException("query parameter " + parameter + ": " + e.sentence(), e);
            }
        });
    }

    /// Every value of a parameter that the route declares repeatable.
    public List<String> queries(String parameter) {
        if (!route().query().repeatable().contains(parameter)) {
            throw new IllegalArgumentException("route " + route().name() + " repeats no parameter " + parameter);
        }
        return List.copyOf(target.query().getOrDefault(parameter, List.of()));
    }

    /// Bytes of the body as its sender announced them; empty when it comes in chunks.
    public OptionalLong length() {
        return incoming.body().length();
    }

    /// The body as one object of JSON. What is malformed from here on is 422: the request's content.
    public <T> T json(int bytesMax, Function<JsonObject, T> read) throws IOException {
        return json(bytesMax).object(read);
    }

    /// The body as JSON: 415 for another type, 413 above the limit, 400 when it is no JSON.
    public JsonValue json(int bytesMax) throws IOException {
        // A text may be a whole content in base64: only the body's length limits it.
        var limits = new JsonLimits(bytesMax, bytesMax, Json.NAME_CHARACTERS_MAX, false);
        JsonValue value = Json.parse(bytes(bytesMax, Media.JSON), "body", limits);
        jsonRead = true;
        return value;
    }

    /// The whole body: 415 when its type is none of `types` (any when none is named), 413 above the limit.
    public Bytes bytes(int bytesMax, String... types) throws IOException {
        if (length().orElse(0) > bytesMax) {
            throw tooLarge(bytesMax);
        }
        try (InputStream body = stream(types)) {
            byte[] content = body.readNBytes(bytesMax);
            if (body.read() >= 0) {
                throw tooLarge(bytesMax);
            }
            return Bytes.of(content);
        }
    }

    private static HttpProblem tooLarge(int bytesMax) {
        return new HttpProblem(
                Problem.of(ProblemType.TOO_LARGE, "The content may have at most %d bytes".formatted(bytesMax))
                        .with("limit_bytes", new Json.Whole(bytesMax)));
    }

    /// The body of any size, to be read piece by piece: 415 when its type is none of `types` (any when none
    /// is named). Who reads too slowly, or sends too slowly, is cut off by the listener.
    public InputStream stream(String... types) {
        checkType(types);
        if (bodyTaken) {
            throw new IllegalStateException("the body of request " + id + " was taken already");
        }
        bodyTaken = true;
        return new BodyInput(incoming.body().open());
    }

    private void checkType(String... types) {
        if (types.length == 0) {
            return;
        }
        String given = header("content-type").map(Media::essence).orElse("");
        for (String type : types) {
            if (Media.essence(type).equals(given)) {
                return;
            }
        }
        String sent = given.isEmpty() ? "has no Content-Type" : "is " + Quoted.text(given);
        throw new HttpProblem(Problem.of(
                ProblemType.UNSUPPORTED_TYPE,
                "The content %s, not %s"
                        .formatted(sent, String.join(" or ", types).toLowerCase(Locale.ROOT))));
    }

    /// Says who asks, once that is known, for the access log.
    public void askedBy(Requester known) {
        requester = known.text();
    }

    String requester() {
        return requester;
    }

    boolean jsonRead() {
        return jsonRead;
    }
}
