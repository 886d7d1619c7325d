// SPDX-License-Identifier: Apache-2.0
package dev.chancery.relay;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The whole program. See the package comment.
///
/// On the way of a signature no text is joined by `+`: what the JVM makes for that takes a tenth of the start.
public final class Relay {
    private static final int SIGNED = 0;
    private static final int USAGE = 2;
    private static final int MALFORMED = 3;
    private static final int REFUSED = 4;
    private static final int UNAVAILABLE = 5;

    /// Octets moved at a time.
    private static final int BUFFER_BYTES = 256 * 1024;
    /// Octets of an answer: the line that says how it went, and a signature file of the greatest size.
    private static final int ANSWER_BYTES_MAX = (1 << 20) + (16 << 10);
    /// Octets of a file's name.
    private static final int NAME_BYTES_MAX = 255;

    private static final String GREETING = "chancery-relay 1";
    private static final String COMMAND = "sign ";
    private static final String NAME_SIGNS = "+-._~:@,=";

    private Relay() {}

    /// What the command line says.
    private record Wishes(String socket, @Nullable String name) {}

    /// Why it ends without a signature.
    private static final class EndException extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        EndException(int status, String sentence) {
            super(sentence);
            this.status = status;
        }
    }

    public static void main(String[] arguments) {
        int status = SIGNED;
        try {
            var wishes = wishes(arguments);
            var signature = relay(wishes, new FileInputStream(FileDescriptor.in).getChannel());
            try (var out = new FileOutputStream(FileDescriptor.out)) {
                out.write(signature);
            }
        } catch (EndException e) {
            System.err.println("chancery: " + e.getMessage());
            status = e.status;
        } catch (IOException e) {
            System.err.println("chancery: the signature could not be handed over: " + e.getMessage());
            status = UNAVAILABLE;
        }
        // Nothing is left to wait for.
        Runtime.getRuntime().halt(status);
    }

    /// A login shell is called with `-c` and the command, which sshd gives in the environment otherwise.
    private static Wishes wishes(String... arguments) throws EndException {
        String socket = null;
        boolean named = false;
        String command = System.getenv("SSH_ORIGINAL_COMMAND");
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--name-from-command")) {
                named = true;
            } else if (arguments[i].equals("-c") && i + 1 < arguments.length) {
                command = arguments[++i];
            } else if (arguments[i].startsWith("-") || socket != null) {
                throw new EndException(USAGE, "usage: chancery relay [--name-from-command] [SOCKET]");
            } else {
                socket = arguments[i];
            }
        }
        return new Wishes(socket == null ? ofUser() : socket, named ? name(command) : null);
    }

    private static String ofUser() throws EndException {
        String user = System.getenv("LOGNAME");
        if (user == null || !isName(user)) {
            throw new EndException(USAGE, "LOGNAME names no user, so name the enclave's socket");
        }
        return "/run/chancery/" + user + ".sock";
    }

    private static String name(@Nullable String command) throws EndException {
        if (command != null && command.startsWith(COMMAND) && isName(command.substring(COMMAND.length()))) {
            return command.substring(COMMAND.length());
        }
        throw new EndException(MALFORMED, "the command is not 'sign NAME' with the name of a file");
    }

    private static boolean isName(String text) {
        if (text.isEmpty() || text.length() > NAME_BYTES_MAX || text.charAt(0) == '.' || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && NAME_SIGNS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /// One thread sends while this one listens: the enclave may have said all before the content ends.
    private static byte[] relay(Wishes wishes, ReadableByteChannel content) throws EndException {
        try (var door = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.connect(UnixDomainSocketAddress.of(wishes.socket()));
            var sending = new Sending(wishes, content, door);
            Thread.ofPlatform().daemon().start(sending);
            byte[] answer = readAll(door);
            String failure = sending.failure;
            if (failure != null) {
                throw new EndException(UNAVAILABLE, failure);
            }
            return signature(answer);
        } catch (IOException | IllegalArgumentException e) {
            throw new EndException(
                    UNAVAILABLE, "the enclave does not answer at " + wishes.socket() + ": " + e.getMessage());
        }
    }

    private static final class Sending implements Runnable {
        private final Wishes wishes;
        private final ReadableByteChannel content;
        private final SocketChannel door;
        /// Why the content did not reach its end. Written before the door is closed, read after that is seen.
        private volatile @Nullable String failure;

        Sending(Wishes wishes, ReadableByteChannel content, SocketChannel door) {
            this.wishes = wishes;
            this.content = content;
            this.door = door;
        }

        /// Sends all there is. Where the enclave takes no more of it, it has said why.
        @Override
        public void run() {
            String greeting =
                    wishes.name() == null ? GREETING : GREETING.concat(" ").concat(wishes.name());
            var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            buffer.put(greeting.concat("\n").getBytes(StandardCharsets.US_ASCII))
                    .flip();
            try {
                do {
                    while (buffer.hasRemaining()) {
                        door.write(buffer);
                    }
                } while (hasRead(buffer.clear()));
                if (failure == null) {
                    door.shutdownOutput();
                } else {
                    door.close();
                }
            } catch (IOException refused) {
                // The answer tells.
            }
        }

        /// Content that breaks off is an error, not an end: nothing shall be signed that was not meant.
        private boolean hasRead(ByteBuffer buffer) {
            try {
                boolean more = content.read(buffer) >= 0;
                buffer.flip();
                return more;
            } catch (IOException e) {
                failure = "the content could not be read: " + e.getMessage();
                return false;
            }
        }
    }

    private static byte[] readAll(SocketChannel door) throws EndException {
        var answer = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (door.read(buffer) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
                if (answer.size() > ANSWER_BYTES_MAX) {
                    throw new EndException(UNAVAILABLE, "the enclave's answer has no end");
                }
            }
        } catch (IOException e) {
            // What came before it tells; an answer that was cut off shows that it was.
        }
        return answer.toByteArray();
    }

    /// What follows the first line, if that says that all went well.
    private static byte[] signature(byte[] answer) throws EndException {
        int end = 0;
        while (end < answer.length && answer[end] != '\n') {
            end++;
        }
        if (end == answer.length) {
            throw new EndException(UNAVAILABLE, "the enclave gave no answer");
        }
        String line = new String(answer, 0, end, StandardCharsets.UTF_8);
        if (line.equals("signed ".concat(Integer.toString(answer.length - end - 1)))) {
            return Arrays.copyOfRange(answer, end + 1, answer.length);
        }
        int space = line.indexOf(' ');
        String sentence = line.substring(space + 1);
        throw switch (space < 0 ? "" : line.substring(0, space)) {
            case "malformed" -> new EndException(MALFORMED, sentence);
            case "refused" -> new EndException(REFUSED, sentence);
            case "unavailable" -> new EndException(UNAVAILABLE, sentence);
            case "signed" -> new EndException(UNAVAILABLE, "the enclave's answer was cut off");
            default -> new EndException(UNAVAILABLE, "the enclave's answer is none that a relay knows");
        };
    }
}
