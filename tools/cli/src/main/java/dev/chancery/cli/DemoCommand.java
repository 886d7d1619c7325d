// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.demo.Chancery;
import dev.chancery.cli.demo.Demo;
import dev.chancery.cli.demo.DemoOffice;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.format.FormatDescription;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `chancery demo`.
final class DemoCommand extends Command {
    private final Supplier<Optional<Path>> file =
            optionalPathArgument("FILE", "What to sign. Default: this command's own jar.");
    private final Supplier<Optional<Path>> keep =
            pathOption("--keep", "DIR", "Make this directory to work in, and leave it behind.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    DemoCommand(Terminal terminal) {
        super(
                terminal,
                "Signs a file as two authorities in every format, and has the tools that are installed here verify it.",
                "",
                "Makes an office of its own in a temporary directory, shows every command line and its verdict, and"
                        + " exits with 0 when each tool accepted what is good and refused a changed file, a changed"
                        + " signature and another's key, 1 when not. Your own office is not touched.");
    }

    @Override
    public Integer call() {
        var setting = new Demo.Setting(
                file.get().orElseGet(DemoCommand::ownJar),
                keep.get(),
                temporary(),
                terminal().environment().getOrDefault("PATH", ""));
        var wiring = Wiring.ofLibraries();
        boolean passed =
                new Demo(new InProcess(terminal(), wiring), setting, terminal().out(), json.get()).run();
        return passed ? ExitStatus.DONE : ExitStatus.VERIFICATION_SAYS_NO;
    }

    /// `TMPDIR` as every Unix program takes it; the JVM looks at a property instead.
    private Path temporary() {
        String asked = terminal().environment().getOrDefault("TMPDIR", "");
        return Path.of(asked.isEmpty() ? System.getProperty("java.io.tmpdir", "/tmp") : asked);
    }

    private static Path ownJar() {
        try {
            var source = DemoCommand.class.getProtectionDomain().getCodeSource();
            Path jar = Path.of(source.getLocation().toURI());
            return java.nio.file.Files.isDirectory(jar) ? jar.resolve("dev/chancery/cli/DemoCommand.class") : jar;
        } catch (URISyntaxException e) {
            throw new UnavailableException("this command's own jar cannot be found; name a file", e);
        }
    }

    /// Runs commands as [Main] does, on another office.
    private record InProcess(Terminal terminal, Wiring wiring) implements Chancery {
        @Override
        public Answer run(Path home, List<String> words) {
            var output = new ByteArrayOutputStream();
            var there = new Terminal(
                    InputStream.nullInputStream(),
                    new PrintStream(output, false, StandardCharsets.UTF_8),
                    terminal().err(),
                    Map.of("CHANCERY_HOME", home.toString()),
                    terminal().clock());
            int status = Main.run(there, words.toArray(String[]::new));
            there.out().flush();
            return new Answer(status, output.toString(StandardCharsets.UTF_8));
        }

        @Override
        public List<FormatDescription> formats() {
            return wiring.formats().list().stream()
                    .filter(format -> DemoOffice.shows(format.description().name()))
                    .map(Formats.Format::description)
                    .filter(format -> format.signs() != FormatDescription.Signs.TAG)
                    .toList();
        }

        @Override
        public Digest sha256(Path file) {
            return Content.file(file)
                    .measure(terminal(), wiring.hashes(), Set.of(Measure.digest(DigestAlgorithm.SHA256)))
                    .digest(DigestAlgorithm.SHA256);
        }
    }
}
