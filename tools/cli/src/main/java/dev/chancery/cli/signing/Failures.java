// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Contents of many that were not signed, while the others were.
final class Failures {
    /// Lines on a terminal: a person sees what kind of failures there are.
    private static final int SHOWN_MAX = 20;

    private record Failure(ArtifactName name, Signer.Result.Failed failed) {}

    private final Terminal terminal;
    private final List<Failure> failures = new ArrayList<>();

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    void add(ArtifactName name, Signer.Result.Failed failed) {
        failures.add(new Failure(name, failed));
    }

    /// Throws the first failure, if there is one, after telling each of many.
    void raise(int contents) {
        if (failures.isEmpty()) {
            return;
        }
        var first = failures.getFirst();
        if (contents == 1) {
            throw exception(first.failed().error(), first.failed().hint());
        }
        failures.stream()
                .limit(SHOWN_MAX)
                .forEach(failure -> terminal.err()
                        .println(Shown.plain("%s  not signed: %s"
                                .formatted(
                                        failure.name(), failure.failed().error().sentence()))));
        var error = first.failed().error();
        String sentence = "%d of %d were not signed; the first is %s: %s"
                .formatted(failures.size(), contents, first.name(), error.sentence());
        throw exception(
                switch (error) {
                    case MalformedException malformed -> new MalformedException(sentence, error);
                    case RefusedException refused -> new RefusedException(refused.rule(), sentence);
                    case UnavailableException unavailable -> new UnavailableException(sentence, error);
                },
                first.failed().hint());
    }

    static RuntimeException exception(ChanceryException error, Optional<String> hint) {
        return hint.<RuntimeException>map(text -> new HintedException(error, text))
                .orElse(error);
    }
}
