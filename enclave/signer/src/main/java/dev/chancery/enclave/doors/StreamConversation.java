// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A stream in until the other side shuts down its half, then one answer out, each with a line before it if a
/// relay brings it.
final class StreamConversation implements Conversation {
    /// What the first line of a relayed stream begins with; a name may follow after a space.
    static final String GREETING = "chancery-relay 1";
    /// Octets of that line: the greeting and the longest name.
    private static final int GREETING_BYTES_MAX = GREETING.length() + 1 + ArtifactName.BYTES_MAX;

    private final StreamTask task;
    private final DoorPlan.Greeting greeting;

    StreamConversation(StreamTask task, DoorPlan.Greeting greeting) {
        this.task = task;
        this.greeting = greeting;
    }

    @Override
    public void hold(Connection connection, Requester peer) throws IOException {
        connection.expectMore(true);
        byte[] file;
        try {
            file = task.answer(connection, peer, greeting.relayed() ? readGreeting(connection) : greeting.name());
        } catch (ChanceryException e) {
            turnAway(connection, e);
            return;
        }
        if (greeting.relayed()) {
            write(connection, "signed %d\n".formatted(file.length).getBytes(StandardCharsets.US_ASCII));
        }
        write(connection, file);
    }

    /// One octet at a time: what follows the line is content.
    private ArtifactName readGreeting(ByteChannel channel) throws IOException {
        var line = ByteBuffer.allocate(GREETING_BYTES_MAX);
        var octet = ByteBuffer.allocate(1);
        while (channel.read(octet.clear()) >= 0) {
            if (octet.get(0) == '\n') {
                return name(decoded(line.flip()));
            }
            if (!line.hasRemaining()) {
                break;
            }
            line.put(octet.get(0));
        }
        throw new MalformedException("the stream does not begin as a relay begins it");
    }

    private ArtifactName name(String line) {
        if (line.equals(GREETING)) {
            return greeting.name();
        }
        if (!line.startsWith(GREETING + " ")) {
            throw MalformedException.value("first line", line, "is not a relay's");
        }
        return new ArtifactName(line.substring(GREETING.length() + 1));
    }

    private static String decoded(ByteBuffer line) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("the relay's first line is not UTF-8", e);
        }
    }

    /// To a relay one line; a plain stream ends without a signature.
    @Override
    public void turnAway(Connection connection, ChanceryException reason) throws IOException {
        if (greeting.relayed()) {
            write(connection, (kind(reason) + " " + reason.sentence() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String kind(ChanceryException reason) {
        return switch (reason) {
            case MalformedException malformed -> "malformed";
            case RefusedException refused -> "refused";
            case UnavailableException unavailable -> "unavailable";
        };
    }

    private static void write(ByteChannel channel, byte[] bytes) throws IOException {
        for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            channel.write(buffer);
        }
    }
}
