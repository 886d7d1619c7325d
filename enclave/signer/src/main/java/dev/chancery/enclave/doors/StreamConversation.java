// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.Asker;
import dev.chancery.enclave.Engine;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.protocol.SigningRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Content in until the other side shuts down its half, then one signature out.
final class StreamConversation implements Conversation {
    /// What the door signs, and how a stream begins.
    record Terms(SigningRequest.Target target, Encoding encoding, DoorPlan.Greeting greeting) {}

    /// What the first line of a relayed stream begins with; a name may follow after a space.
    static final String GREETING = "chancery-relay 1";
    /// Octets of that line: the greeting and the longest name.
    private static final int GREETING_BYTES_MAX = GREETING.length() + 1 + ArtifactName.BYTES_MAX;

    private final Engine engine;
    private final Formats formats;
    private final Hashes hashes;
    private final Terms terms;

    StreamConversation(Engine engine, Formats formats, Hashes hashes, Terms terms) {
        this.engine = engine;
        this.formats = formats;
        this.hashes = hashes;
        this.terms = terms;
    }

    @Override
    public void hold(Connection connection, Requester peer) throws IOException {
        connection.expectMore(true);
        Signature signature;
        try {
            var name = terms.greeting().relayed()
                    ? readGreeting(connection)
                    : terms.greeting().name();
            signature = sign(connection, peer, name);
        } catch (ChanceryException e) {
            turnAway(connection, e);
            return;
        }
        byte[] file = signature.bytes().toArray();
        if (terms.greeting().relayed()) {
            write(connection, "signed %d\n".formatted(file.length).getBytes(StandardCharsets.US_ASCII));
        }
        write(connection, file);
    }

    private Signature sign(Connection connection, Requester peer, ArtifactName name) {
        Measured content = new ContentPass(hashes).measure(connection, measures());
        if (content.size() == 0) {
            throw new MalformedException("the stream is empty: most likely something went wrong before it");
        }
        connection.expectMore(false); // a slow key is not the other side's silence
        return engine.sign(new Asker(peer), new SigningRequest(terms.target(), terms.encoding(), name, content));
    }

    /// What the key that would sign needs. Where none can, the engine will say so, for the record.
    private Set<Measure> measures() {
        try {
            var scheme = engine.choose(terms.target()).publicKey().scheme();
            return formats.get(terms.target().format()).signing().measures(scheme, terms.encoding());
        } catch (RefusedException noKey) {
            return Set.of(Measure.digest(DigestAlgorithm.SHA256));
        }
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
            return terms.greeting().name();
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
        if (terms.greeting().relayed()) {
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
