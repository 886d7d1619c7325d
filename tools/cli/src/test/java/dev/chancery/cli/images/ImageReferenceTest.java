// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.UsageException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @Test
    void partsAreTold() {
        var tagged = ImageReference.parse("registry.example.com/team/app:1.2");
        assertEquals("registry.example.com", tagged.registry());
        assertEquals("team/app", tagged.repository());
        assertEquals("1.2", tagged.manifest());
        assertEquals("app", tagged.name().text());
        assertEquals("registry.example.com/team/app@" + DIGEST, tagged.at(DIGEST));
        var pinned = ImageReference.parse("localhost:5000/app:1@" + DIGEST);
        assertEquals("localhost:5000", pinned.registry());
        assertEquals(Optional.of("1"), pinned.tag());
        assertEquals(DIGEST, pinned.manifest(), "the digest is what is meant");
        assertEquals(DIGEST, ImageReference.parse("[::1]:5000/app@" + DIGEST).manifest());
    }

    @Test
    void whatMayBeMistakenIsRefused() {
        for (String wrong : List.of(
                "",
                "app",
                "app:1",
                "library/app:1",
                "registry.example.com/app",
                "registry.example.com/App:1",
                "registry.example.com/app:",
                "registry.example.com/app:-1",
                "registry.example.com/app@sha256:0a",
                "registry.example.com/app@sha512:" + "0a".repeat(64),
                "registry.example.com/../app:1",
                "registry.example.com//app:1",
                "user@registry.example.com/app:1",
                "https://registry.example.com/app:1",
                "registry.example.com/" + "a".repeat(256) + ":1",
                "registry.example.com/app:" + "1".repeat(129))) {
            assertThrows(UsageException.class, () -> ImageReference.parse(wrong), wrong);
        }
        ImageReference.parse("registry.example.com/" + "a".repeat(255) + ":" + "1".repeat(128));
    }

    @Test
    void onlyThisMachineIsAskedWithoutTls() {
        for (String here :
                List.of("localhost/app:1", "localhost:5000/app:1", "127.0.0.1:5000/app:1", "[::1]:1/app:1")) {
            assertTrue(ImageReference.parse(here).isLocal(), here);
        }
        for (String there :
                List.of("localhost.example.com/app:1", "127.0.0.1.example.com/app:1", "10.0.0.1:5000/app:1")) {
            assertFalse(ImageReference.parse(there).isLocal(), there);
        }
    }
}
