// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.enclave.audit.AuditChain;
import dev.chancery.enclave.audit.AuditLine;
import dev.chancery.files.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the records are read from: a file, standard input, else the office's own.
record AuditRecords(Terminal terminal, Optional<Path> named) {
    /// Reads all lines. Throws `MalformedException`, which says in which line the chain breaks.
    AuditChain read(Consumer<AuditLine> consumer) {
        var chain = new AuditChain();
        Path file = file();
        try (var input = open(file)) {
            chain.readAll(input, consumer);
        } catch (IOException e) {
            throw InputFiles.unreadable("audit file", file, e);
        } catch (MalformedException e) {
            throw new MalformedException("audit file %s is broken: %s".formatted(shown(), e.sentence()), e);
        }
        return chain;
    }

    private InputStream open(Path file) throws IOException {
        return isStandardInput() ? terminal.in() : Files.newInputStream(file);
    }

    private boolean isStandardInput() {
        return named.filter(path -> path.toString().equals("-")).isPresent();
    }

    private Path file() {
        return named.orElseGet(() -> Office.of(terminal).auditFile());
    }

    String shown() {
        return isStandardInput() ? "standard input" : Quoted.text(file().toString());
    }
}
