// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.hashing.Measured;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.signing.Signing;
import dev.chancery.store.tag.Creation;
import dev.chancery.store.tag.Tags;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagName;
import dev.chancery.tag.TagPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Tags, in the three cases of stags: create one and sign it as oneself; add one's own signature to what is
/// there; get the text only if everybody who was named has signed it.
///
/// | call | what |
/// |---|---|
/// | `POST /tags/{name}?authorities=a` | the body is the text; it is signed and kept: 201 and the tag's file |
/// | `PUT /tags/{name}?authorities=b` | adds signatures: 200 and the tag's file |
/// | `GET /tags/{name}?authorities=a,b` | 200 and the text if all have signed, else 403 (`tag-signatures`) |
/// | `GET /tags/{name}/file` | the file with all signatures, for `openssl` |
/// | `POST /sign?authority=a` | the body, or `payload`, is a tag's payload or file: the file with the signature added;
/// kept nowhere |
/// | `POST /validate?authorities=a,b` | the body, or `payload`, is a tag's file: 200 and its text if all have signed,
/// else 403 |
final class TagApi {
    private static final FormatName FORMAT = new FormatName("tag");
    private static final String AUTHORITIES = "authorities";
    private static final String PAYLOAD = "payload";

    private final Guard guard;
    private final Signing signing;
    private final Tags tags;
    private final TagReader reader;

    TagApi(ApiParts parts, Tags tags) {
        this.guard = parts.guard();
        this.signing = parts.signing();
        this.tags = tags;
        this.reader = new TagReader(parts);
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.POST, "/tags/{name}", "tag-create", this::create)
                        .query(AUTHORITIES),
                Route.of(Method.PUT, "/tags/{name}", "tag-sign", this::add).query(AUTHORITIES),
                Route.of(Method.GET, "/tags/{name}", "tag", this::show).query(AUTHORITIES),
                Route.of(Method.GET, "/tags/{name}/file", "tag-file", this::file),
                Route.of(Method.POST, "/sign", "sign-payload", this::sign).query("authority", PAYLOAD),
                Route.of(Method.POST, "/validate", "validate-payload", this::validate)
                        .query(AUTHORITIES, PAYLOAD));
    }

    private static TagName name(Request request) {
        return request.path("name", TagName::new);
    }

    private static List<Authority> authorities(Request request) {
        var texts = request.query(AUTHORITIES)
                .orElseThrow(() -> new MalformedException("the query lacks the parameter " + AUTHORITIES));
        return Arrays.stream(texts.split(",", -1))
                .map(Authority::new)
                .distinct()
                .toList();
    }

    private Answer create(Request request) throws IOException {
        var name = name(request);
        var authorities = authorities(request);
        var requester = guard.asks(request, Guard.Act.TAG, authorities);
        var payload = TagPayload.of(name, request.bytes(TagPayload.BYTES_MAX));
        if (tags.get(name.artifact())
                .filter(known -> !known.payload().equals(payload.bytes()))
                .isPresent()) {
            throw taken(name);
        }
        var file = signed(requester, authorities, payload);
        if (tags.create(name.artifact(), payload.bytes()) == Creation.DIFFERENT) {
            throw taken(name);
        }
        return file(201, file);
    }

    private static HttpProblem taken(TagName name) {
        return new HttpProblem(Problem.of(
                ProblemType.CONFLICT,
                "The tag %s is there and says something else; a tag's text never changes".formatted(name)));
    }

    private Answer add(Request request) {
        var authorities = authorities(request);
        var requester = guard.asks(request, Guard.Act.TAG, authorities);
        return file(200, signed(requester, authorities, known(request)));
    }

    private TagPayload known(Request request) {
        return tags.get(name(request).artifact())
                .map(tag -> TagPayload.parse(tag.payload()))
                .orElseThrow(ArtifactApi::notFound);
    }

    /// Has a payload signed, and returns its file with all signatures that are in the log.
    private TagFile signed(Requester requester, List<Authority> authorities, TagPayload payload) {
        for (Authority authority : authorities) {
            sign(requester, authority, payload);
        }
        return reader.file(payload);
    }

    private Signature sign(Requester requester, Authority authority, TagPayload payload) {
        var name =
                payload.name().orElseThrow(() -> new MalformedException("tag payload has no name line, \"tag: NAME\""));
        var bytes = payload.bytes();
        var content = Measured.of(
                bytes.length(),
                Map.of(
                        dev.chancery.core.DigestAlgorithm.SHA256,
                        Digests.of(dev.chancery.core.DigestAlgorithm.SHA256, bytes)),
                Map.of(),
                Optional.of(bytes));
        var asked = new SigningRequest(
                new SigningRequest.Target(authority, FORMAT, Optional.empty()),
                Encoding.ARMOR,
                name.artifact(),
                content);
        var order = new Signing.Order(requester, Optional.empty());
        return switch (signing.sign(order, List.of(asked)).getFirst()) {
            case Signing.Result.Done(var issued) -> new Signature(FORMAT, Encoding.ARMOR, issued.signature());
            case Signing.Result.Failed(var failure) -> throw failure.error();
        };
    }

    private Answer show(Request request) {
        return text(reader.file(known(request)), authorities(request));
    }

    private Answer file(Request request) {
        return file(200, reader.file(known(request)));
    }

    private static Answer file(int status, TagFile file) {
        return Answer.bytes(status, "text/plain; charset=utf-8", file.bytes());
    }

    private Answer text(TagFile file, List<Authority> authorities) {
        var missing = new TreeSet<>(authorities);
        missing.removeAll(reader.signers(file));
        if (!missing.isEmpty()) {
            throw new RefusedException("tag-signatures", "the tag has no good signature of " + missing);
        }
        return Answer.text(200, file.payload().text());
    }

    private Answer sign(Request request) throws IOException {
        var authority = request.query("authority", Authority::new)
                .orElseThrow(() -> new MalformedException("the query lacks the parameter authority"));
        var requester = guard.asks(request, Guard.Act.TAG, List.of(authority));
        var file = given(request);
        return file(200, file.with(sign(requester, authority, file.payload())));
    }

    private Answer validate(Request request) throws IOException {
        return text(given(request), authorities(request));
    }

    private static TagFile given(Request request) throws IOException {
        var inQuery = request.query(PAYLOAD).map(text -> Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
        return TagFile.parse(inQuery.isPresent() ? inQuery.get() : request.bytes(TagFile.BYTES_MAX));
    }
}
