// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.ServedOffice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That a key begins to sign, the first or in the place of another one, is in the log before its first signature.
class KeyTurnsTest {
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock BEFORE = Clock.offset(NOW, Duration.ofDays(-40));

    @TempDir
    private Path root;

    private ServedOffice office;
    private int files;

    @BeforeEach
    void start() throws IOException {
        office = ServedOffice.in(root, BEFORE);
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private void words(Clock clock, String line) {
        var home = Map.of("CHANCERY_HOME", root.resolve("office").toString());
        ServedOffice.run(home, List.of(line.split(" ")), clock).assertStatus(0);
    }

    /// Has something signed; the key that did it.
    private String sign(String format) throws IOException {
        files++;
        Path file = office.file("some%d.txt".formatted(files), "some" + files);
        var said = office.run("sign", file.toString(), "--as", "release", "--format", format, "--json", "--force")
                .assertStatus(0);
        var key = Pattern.compile("\"key\": \"([0-9a-f]{64})\"").matcher(said.output());
        assertTrue(key.find(), said::output);
        return key.group(1);
    }

    @Test
    void aKeyIsActivatedOnceAndTheOneBeforeItIsReleased() throws IOException, InterruptedException {
        String first = sign("openpgp");
        String raw = sign("raw");
        assertEquals(List.of("announced", "activated", "signed"), new LoggedEvents(office).of(first));
        assertEquals(List.of("signed"), new LoggedEvents(office).of(raw));
        var today = LocalDate.now(NOW);
        words(BEFORE, "key create release --cycle a --start %s --end %s".formatted(today.minusDays(40), today));
        words(BEFORE, "key plan release --cycle b --start %s --end %s".formatted(today, today.plusDays(60)));
        words(BEFORE, "key publish release");
        words(NOW, "key activate release");
        office = office.restarted();
        String second = sign("openpgp");
        assertEquals(List.of("announced", "activated", "signed"), new LoggedEvents(office).of(second));
        assertEquals(List.of("announced", "activated", "signed", "released"), new LoggedEvents(office).of(first));
        office = office.restarted();
        assertEquals(second, sign("openpgp"));
        assertEquals(List.of("announced", "activated", "signed", "signed"), new LoggedEvents(office).of(second));
        assertEquals(List.of("announced", "activated", "signed", "released"), new LoggedEvents(office).of(first));
        // A format without a life has no turns.
        assertEquals(List.of("signed"), new LoggedEvents(office).of(raw));
    }
}
