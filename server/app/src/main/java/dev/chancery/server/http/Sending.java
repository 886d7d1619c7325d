// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Sends the answer of one request, and counts it.
final class Sending {
    /// Status in records for a request whose sender went away (RFC 9110, section 15.5.9). It is sent to nobody.
    static final int GONE = 408;

    /// What every answer has. It is not for browsers: nothing in it may run, be framed, or be taken for
    /// another type.
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    private final Incoming incoming;
    private final Outgoing outgoing;
    private final String id;
    private int status;
    private long bytes;

    Sending(Incoming incoming, Outgoing outgoing, String id) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.id = id;
    }

    int status() {
        return status;
    }

    long bytes() {
        return bytes;
    }

    void abandoned() {
        status = GONE;
    }

    static Answer dressed(Answer answer, String id) {
        var headers = new LinkedHashMap<>(answer.headers());
        headers.putIfAbsent("Cache-Control", "no-store");
        ALWAYS.forEach(headers::putIfAbsent);
        headers.put(Front.REQUEST_ID, id);
        return new Answer(answer.status(), headers, answer.content());
    }

    void send(Answer plain) throws IOException {
        Answer answer = dressed(plain, id);
        if (answer.status() == 200 && reads() && isKnown(answer)) {
            sendWhole(withoutContent(answer, 304));
            return;
        }
        switch (answer.content()) {
            case Answer.Content.Nothing none -> sendWhole(answer);
            case Answer.Content.Whole whole -> sendWhole(answer);
            case Answer.Content.Stored stored -> sendFile(answer, stored.file());
            case Answer.Content.Written written -> sendWritten(answer, written.writer());
        }
    }

    private boolean reads() {
        return Method.of(incoming.line().method()).filter(Method::reads).isPresent();
    }

    private boolean isHead() {
        return incoming.line().method().equals(Method.HEAD.name());
    }

    /// RFC 9110, section 13.1.2: the asker has it already. A weak tag of his equals our strong one.
    private boolean isKnown(Answer answer) {
        String tag = answer.headers().getOrDefault("ETag", "");
        List<String> given = incoming.headers().all("if-none-match").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
        return !tag.isEmpty() && (given.contains(tag) || given.contains("W/" + tag) || given.contains("*"));
    }

    private static Answer withoutContent(Answer answer, int status) {
        var headers = new LinkedHashMap<>(answer.headers());
        headers.remove("Content-Type");
        return new Answer(status, headers, new Answer.Content.Nothing());
    }

    private void sendWhole(Answer answer) throws IOException {
        byte[] content = answer.content() instanceof Answer.Content.Whole whole
                ? whole.bytes().toArray()
                : new byte[0];
        Answer sent = answer;
        if (answer.headers().containsKey("Accept-Ranges") && answer.status() == 200 && reads()) {
            FileRange range = FileRange.asked(incoming.headers(), content.length, true);
            sent = range.describe(answer);
            content = Arrays.copyOfRange(content, (int) range.first(), (int) (range.first() + range.length()));
        }
        status = sent.status();
        bytes = isHead() ? 0 : content.length;
        outgoing.send(status, sent.headers(), content);
    }

    private void sendFile(Answer answer, Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            FileRange range = FileRange.asked(incoming.headers(), channel.size(), reads() && answer.status() == 200);
            Answer sent = range.describe(answer);
            status = sent.status();
            if (isHead() || status == FileRange.UNSATISFIABLE) {
                outgoing.begin(status, sent.headers()).close();
                return;
            }
            channel.position(range.first());
            try (OutputStream out = begin(sent);
                    InputStream in = Channels.newInputStream(channel)) {
                copy(in, out, range.length());
            }
        } catch (NoSuchFileException e) {
            var problem = Problem.of(ProblemType.NOT_FOUND, "Nothing is under this path");
            sendWhole(dressed(problem.answer(id), id));
        }
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] piece = new byte[1 << 16];
        long left = length;
        while (left > 0) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (read < 0) {
                throw new IOException("the file became shorter while it was sent");
            }
            out.write(piece, 0, read);
            left -= read;
        }
    }

    private void sendWritten(Answer answer, Answer.Writer writer) throws IOException {
        if (isHead()) {
            status = answer.status();
            outgoing.begin(status, answer.headers()).close();
            return;
        }
        status = answer.status();
        // Not closed when the writer fails: an end of chunks would make half an answer look whole.
        OutputStream out = begin(answer);
        writer.write(out);
        out.close();
    }

    /// Says of each piece that was written how many bytes it had.
    private static final class CountingOutput extends FilterOutputStream {
        private final LongConsumer written;

        private CountingOutput(OutputStream out, LongConsumer written) {
            super(out);
            this.written = written;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            written.accept(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written.accept(length);
        }
    }

    private OutputStream begin(Answer answer) throws IOException {
        return new CountingOutput(outgoing.begin(answer.status(), answer.headers()), written -> bytes += written);
    }
}
