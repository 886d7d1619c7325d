// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.tag;

import static dev.chancery.store.Sample.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.store.Sample;
import dev.chancery.store.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TagsTest extends StoreContract {
    private static final ArtifactName NAME = new ArtifactName("bundle-jira-1.0");

    @Test
    void aTagIsWrittenOnce() {
        var tags = store.tags();
        assertEquals(Optional.empty(), tags.get(NAME));
        assertEquals(Creation.CREATED, tags.create(NAME, bytes("one\n")));
        watch.move(Duration.ofMinutes(1));
        assertEquals(Creation.SAME, tags.create(NAME, bytes("one\n")));
        assertEquals(Creation.DIFFERENT, tags.create(NAME, bytes("two\n")));
        assertEquals(Optional.of(new Tag(NAME, bytes("one\n"), Sample.NOW)), tags.get(NAME));
    }

    @Test
    void ofThoseWhoCreateAtOnceOneDoes() throws Exception {
        var other = another("server-2");
        Callable<Creation> here = () -> store.tags().create(NAME, bytes("here\n"));
        Callable<Creation> there = () -> other.tags().create(NAME, bytes("there\n"));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var created = threads.invokeAll(List.of(here, there)).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();
            assertEquals(List.of(Creation.CREATED, Creation.DIFFERENT), created);
        }
    }

    @Test
    void namesAreListedInTheOrderOfTheirBytes() {
        for (var name : List.of("b", "a", "B", "a-1", "ä", "_")) {
            store.tags().create(new ArtifactName(name), bytes(name));
        }
        var first = store.tags().list(Optional.empty(), 4);
        assertEquals(List.of("B", "_", "a", "a-1"), texts(first));
        assertEquals(List.of("b", "ä"), texts(store.tags().list(Optional.of(first.getLast()), 4)));
        assertThrows(MalformedException.class, () -> store.tags().list(Optional.empty(), 0));
        assertThrows(MalformedException.class, () -> store.tags().list(Optional.empty(), Tags.NAMES_MAX + 1));
        assertEquals(6, store.tags().list(Optional.empty(), Tags.NAMES_MAX).size());
    }

    private static List<String> texts(List<ArtifactName> names) {
        return names.stream().map(ArtifactName::text).toList();
    }

    @Test
    void payloadsAreShort() {
        var largest = Bytes.of(new byte[Tags.PAYLOAD_BYTES_MAX]);
        assertEquals(Creation.CREATED, store.tags().create(NAME, largest));
        assertEquals(largest, store.tags().get(NAME).orElseThrow().payload());
        for (int wrong : new int[] {0, Tags.PAYLOAD_BYTES_MAX + 1}) {
            assertThrows(MalformedException.class, () -> store.tags().create(NAME, Bytes.of(new byte[wrong])));
        }
    }
}
