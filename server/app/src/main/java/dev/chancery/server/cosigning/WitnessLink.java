// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.cosigning;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.WitnessDecision;
import dev.chancery.note.NoteSignature;
import dev.chancery.note.NoteText;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One witness, as the log sees it: what it cosigned last, and whether it answered. It is asked one thing at
/// a time.
final class WitnessLink {
    /// Bytes of an answer: a hundred lines, of which one counts.
    static final int ANSWER_BYTES_MAX = 1 << 14;

    /// Requests of one round: with the size that we remember, with the one that it says, and once more where
    /// another server of this log was faster.
    private static final int REQUESTS_MAX = 3;

    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final String name;
    private final VerifierKey key;
    private final URI address;
    private final HttpClient client;
    private final Semaphore turn = new Semaphore(1, true);
    /// Of the tree that it cosigned last, as far as we know; written in turn.
    private volatile long size;
    /// Whether it cosigned the last time; written in turn.
    private volatile boolean answering = true;

    WitnessLink(LogPolicy.Witness witness, HttpClient client) {
        this.name = witness.who().name();
        this.key = witness.who().key();
        this.address = address(witness.url().orElseThrow());
        this.client = client;
    }

    private static URI address(String prefix) {
        String base = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        try {
            var address = URI.create(base + "/add-checkpoint");
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getQuery() == null && address.getFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(none(prefix).sentence(), e);
        }
        throw none(prefix);
    }

    private static MalformedException none(String prefix) {
        return MalformedException.value("witness's URL", prefix, "is not one of http or https without a query");
    }

    VerifierKey key() {
        return key;
    }

    /// Whether it is worth waiting for.
    boolean isAnswering() {
        return answering;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, address.getHost());
    }

    /// Asks it, within this time.
    Said ask(Question question, Duration timeMax) throws InterruptedException {
        long end = System.nanoTime() + timeMax.toNanos();
        if (!turn.tryAcquire(timeMax.toNanos(), TimeUnit.NANOSECONDS)) {
            return new Said.Not(this, "is still busy with an earlier checkpoint");
        }
        try {
            Said said = asked(question, end);
            answering = said instanceof Said.Cosigned;
            return said;
        } finally {
            turn.release();
        }
    }

    private Said asked(Question question, long end) throws InterruptedException {
        try {
            for (int request = 0; request < REQUESTS_MAX; request++) {
                if (size > question.checkpoint().size()) {
                    return new Said.Not(this, ahead(question));
                }
                var answer = post(question.from(size), end);
                switch (answer.statusCode()) {
                    case OK -> {
                        var cosignature = verified(question, answer.body());
                        size = question.checkpoint().size();
                        return new Said.Cosigned(this, cosignature);
                    }
                    case CONFLICT -> {
                        if (!isSize(answer)) {
                            return new Said.Not(this, refusal(answer));
                        }
                        size = NoteText.decimal(text(answer.body()).strip(), "witness's size");
                    }
                    default -> {
                        return new Said.Not(this, refusal(answer));
                    }
                }
            }
            return new Said.Not(this, "says of each size that it has another");
        } catch (ExecutionException e) {
            return new Said.Not(this, "cannot be reached: " + Quoted.text(String.valueOf(e.getMessage())));
        } catch (TimeoutException e) {
            return new Said.Not(this, "did not answer in time");
        } catch (ChanceryException e) {
            return new Said.Not(this, "does not cosign: " + e.sentence());
        }
    }

    private String ahead(Question question) {
        return "has cosigned a tree of %d entries, and the log has %d: to go on would be a second history"
                .formatted(size, question.checkpoint().size());
    }

    private static String refusal(HttpResponse<byte[]> answer) {
        String word = answer.statusCode() == UNPROCESSABLE || answer.statusCode() == CONFLICT
                ? "says that this is not the log that it cosigned before"
                : "refuses";
        return "%s, with HTTP status %d and %s"
                .formatted(
                        word,
                        answer.statusCode(),
                        Quoted.text(text(answer.body()).strip()));
    }

    /// A conflict without a size is about the root of a tree that was cosigned.
    private static boolean isSize(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith(WitnessDecision.Conflict.CONTENT_TYPE))
                .isPresent();
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Only a cosignature by the witness's own key counts; others are ignored.
    private NoteSignature verified(Question question, byte[] body) {
        var own = SignedNote.parseSignatures(NoteText.read(Bytes.of(body), "answer", ANSWER_BYTES_MAX)).stream()
                .filter(signature -> signature.name().equals(key.name()) && signature.keyId() == key.id())
                .toList();
        if (own.isEmpty()) {
            throw new MalformedException("its answer has no signature by %s".formatted(key));
        }
        new SignedNote(question.note().text(), own).open(List.of(key));
        return own.getFirst();
    }

    private HttpResponse<byte[]> post(Bytes body, long end)
            throws ExecutionException, TimeoutException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
                .build();
        var limited = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
        var answer = client.sendAsync(request, limited);
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } finally {
            // After an answer this does nothing; without one it ends the exchange.
            answer.cancel(true);
        }
    }
}
