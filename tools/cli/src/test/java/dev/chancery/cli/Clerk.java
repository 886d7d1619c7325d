// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chancery.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;

/// A process of the packaged jars that runs one command after the other, as [Main] runs one: in this directory, with
/// this environment and with nothing on standard input.
///
/// On its standard input come commands: the number of words, then the words. On its standard output goes what became of
/// each: the status, and the two outputs with their lengths in front. It ends when its input ends.
public final class Clerk {
    private Clerk() {}

    public static void main(String[] arguments) throws IOException {
        var commands = new DataInputStream(new FileInputStream(FileDescriptor.in));
        var answers = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        for (int words = words(commands); words >= 0; words = words(commands)) {
            var command = new String[words];
            for (int i = 0; i < words; i++) {
                command[i] = commands.readUTF();
            }
            answer(answers, command);
        }
    }

    private static int words(DataInputStream commands) throws IOException {
        int first = commands.read();
        return first < 0 ? first : first << 8 | commands.readUnsignedByte();
    }

    private static void answer(DataOutputStream answers, String... command) throws IOException {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(output, false, UTF_8),
                new PrintStream(errors, true, UTF_8),
                System.getenv(),
                Clock.systemUTC());
        int status = Main.run(terminal, command);
        terminal.out().flush();
        answers.writeInt(status);
        for (var stream : new ByteArrayOutputStream[] {output, errors}) {
            answers.writeInt(stream.size());
            stream.writeTo(answers);
        }
        answers.flush();
    }
}
