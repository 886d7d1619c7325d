// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.signing.ListedKeys;
import dev.chancery.cli.signing.Portions;
import dev.chancery.cli.signing.PublicKeys;
import dev.chancery.cli.signing.Signer;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Salt;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A server that signs, whose log has each signature before it leaves.
public final class ServerSigner implements Signer {
    static final int REQUESTS_MAX = 1_000;
    /// Of a batch: the server takes 2,000,000 with what stands around the requests.
    private static final int REQUESTS_BYTES_MAX = 1_990_000;

    private final ServerClient client;
    private final ServerAnswers answers;
    private final Formats formats;
    private final InstantSource clock;
    private final Map<Authority, ServerAuthority> known = new HashMap<>();
    private boolean repeatable;

    ServerSigner(ServerClient client, Formats formats, InstantSource clock) {
        this.client = client;
        this.answers = new ServerAnswers(client.address());
        this.formats = formats;
        this.clock = clock;
    }

    /// The server's own keyring: worth as much as the connection to it.
    public PublicKeys publicKeys() {
        return new ServerKeys(client, formats);
    }

    /// What the server has on record.
    public ServerRecords records() {
        return new ServerRecords(client, answers);
    }

    /// The log finds contents by these digests, whatever the format needs.
    @Override
    public Manner manner() {
        var digests = Set.<Measure>of(Measure.digest(DigestAlgorithm.SHA256), Measure.digest(DigestAlgorithm.SHA512));
        return new Manner(REQUESTS_MAX, digests, true);
    }

    /// For as long as the server keeps answers: seven days.
    @Override
    public void repeatable() {
        repeatable = true;
    }

    @Override
    public List<FormatName> formats(Authority authority) {
        var listed = listed(authority).formats(authority);
        if (listed.isEmpty()) {
            throw noKey("server %s has no key of %s now".formatted(client.address(), authority));
        }
        return listed;
    }

    @Override
    public Key key(SigningRequest.Target target) {
        try {
            return listed(target.authority()).choose(target, clock.instant());
        } catch (RefusedException e) {
            throw new HintedException(e, hint());
        }
    }

    private HintedException noKey(String sentence) {
        return new HintedException(new RefusedException("no-key", sentence), hint());
    }

    private String hint() {
        return client.address().at("/v1/authorities") + " shows whose keys the server has";
    }

    private ListedKeys listed(Authority authority) {
        return new ListedKeys(known.computeIfAbsent(authority, this::ask).keys(), formats);
    }

    private ServerAuthority ask(Authority authority) {
        var reply = client.get("/v1/authorities/" + authority);
        if (reply.status() == HttpReply.NOT_FOUND) {
            throw noKey("server %s knows no authority %s".formatted(client.address(), authority));
        }
        return answers.right(() -> {
            var answer = answers.json(reply, HttpReply.OK, "authority").object(ServerAuthority::read);
            if (!answer.name().equals(authority)) {
                throw MalformedException.value("authority", answer.name().name(), "is not " + authority);
            }
            return answer;
        });
    }

    @Override
    public Salt salt(SigningRequest.Target target) {
        var body = new JsonFields()
                .put("authority", target.authority().name())
                .put("format", target.format().text());
        target.key().ifPresent(key -> body.put("key", key.hex()));
        var reply = post("/v1/salts", body.toJson(), random());
        return answers.right(() -> answers.json(reply, HttpReply.OK, "salts")
                .object(answer -> answer.list("salts", 1, 1, salt -> salt.check(() -> Salt.parse(salt.text()))))
                .getFirst());
    }

    @Override
    public List<Result> sign(List<SigningRequest> requests) {
        var results = new ArrayList<Result>();
        // What is asked again may be asked with other things, so each signature has a key of its own then.
        for (var portion : Portions.of(requests, repeatable ? 1 : REQUESTS_MAX, REQUESTS_BYTES_MAX)) {
            if (portion.size() == 1) {
                results.add(one(portion.getFirst()));
            } else {
                results.addAll(batch(portion));
            }
        }
        return results;
    }

    /// A refusal is of this request; whatever else fails would fail for all others, too.
    private Result one(SigningRequest request) {
        var reply = post("/v1/signatures", request.toJson(), once(request));
        if (reply.status() == HttpReply.FORBIDDEN || reply.status() == HttpReply.UNPROCESSABLE) {
            var problem = ProblemDocument.of(reply, client.address());
            return new Result.Failed(problem.error(), problem.hint());
        }
        return answers.right(() -> answers.json(reply, HttpReply.CREATED, "signature")
                .object(issued -> new IssuedJson(request, formats).read(issued)));
    }

    private List<Result> batch(List<SigningRequest> requests) {
        var body = new JsonFields()
                .put("requests", requests.stream().map(SigningRequest::toJson).toList())
                .toJson();
        var reply = post("/v1/signatures/batch", body, random());
        return answers.right(
                () -> answers.json(reply, HttpReply.OK, "batch").object(answer -> results(requests, answer)));
    }

    private List<Result> results(List<SigningRequest> requests, JsonObject answer) {
        var next = requests.iterator();
        return answer.list(
                "results",
                requests.size(),
                requests.size(),
                result -> result.object(fields -> new IssuedJson(next.next(), formats).readResult(fields)));
    }

    private HttpReply post(String path, Json body, String onceKey) {
        return client.post(path, Bytes.of(body.line().getBytes(StandardCharsets.UTF_8)), onceKey);
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }

    /// What a request is about, whoever sends it and when: a salt is another one each time.
    private String once(SigningRequest request) {
        if (!repeatable) {
            return random();
        }
        var text = "%s %s %s %s %s %s"
                .formatted(
                        request.authority(),
                        request.format(),
                        key(request.target()).id(),
                        request.encoding(),
                        request.content().digest(DigestAlgorithm.SHA256),
                        request.name());
        return "content-" + sha256(text);
    }

    private static String sha256(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
