// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Published in a bucket, fetched from there, signed there; and what somebody who holds the bucket could do.
class BucketIT {
    private static final String PLACE = "s3://releases/app/1.2";

    @TempDir
    private static Path root;

    private static Office office;
    private static RunningBucket bucket;

    @TempDir
    private Path installed;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        bucket = RunningBucket.in(root.resolve("bucket"));
        office = Office.in(root);
        office.authority("jenkins", "openpgp", "ed25519");
        office.authority("qa", "raw", "ecdsa-p256");
        for (String name : List.of("one.zip", "two.zip")) {
            Files.writeString(office.work().resolve(name), "content of " + name);
            office.run("sign", name, "--as", "jenkins", "--as", "qa").assertStatus(0);
        }
    }

    @AfterAll
    static void stop() {
        bucket.close();
    }

    private static Answer run(String... words) throws IOException {
        var environment = new HashMap<>(office.environment());
        environment.putAll(bucket.environment());
        var command =
                new ArrayList<>(List.of(Office.PACKAGED.resolve("bin/chancery").toString()));
        command.addAll(List.of(words));
        return Answer.to(office.work(), environment, command);
    }

    private Answer fetch(String name, String who) throws IOException {
        return run("fetch", PLACE + "/" + name, "--output", installed.toString(), "--require", who);
    }

    private static Path there(String name) {
        return bucket.files().resolve("app/1.2").resolve(name);
    }

    @Test
    void whatIsPublishedInABucketIsFetchedUnlessItWasChanged() throws IOException {
        run("publish", "one.zip", "two.zip", "--to", PLACE, "--require", "2:jenkins,qa")
                .assertStatus(0)
                .assertSays("one.zip  published in \"s3://releases/app/1.2/\" with 2 files beside it");
        run("publish", "one.zip", "--to", PLACE, "--require", "jenkins")
                .assertStatus(0)
                .assertSays("is there already");
        fetch("one.zip", "2:jenkins,qa").assertStatus(0);
        assertArrayEquals(
                Files.readAllBytes(office.work().resolve("one.zip")), Files.readAllBytes(installed.resolve("one.zip")));
        Files.writeString(there("two.zip"), "content of evil");
        fetch("two.zip", "jenkins").assertStatus(1).assertSays("REFUSED");
        assertFalse(Files.exists(installed.resolve("two.zip")));
        run("publish", "two.zip", "--to", PLACE, "--require", "jenkins").assertStatus(4);
        assertEquals("content of evil", Files.readString(there("two.zip")), "nothing is replaced");
        Files.delete(there("one.zip.jenkins.asc"));
        Files.delete(installed.resolve("one.zip"));
        fetch("one.zip", "jenkins").assertStatus(1).assertSays("still needs a signature of jenkins");
        fetch("none.zip", "jenkins").assertStatus(5);
    }

    /// A bucket tells what it has, so a pattern may name it.
    @Test
    void whatLiesInABucketIsSignedThere() throws IOException {
        Path staging = Files.createDirectories(bucket.files().resolve("staging/below"));
        for (String name : List.of("a.rpm", "b.rpm", "c.txt", "below/d.rpm")) {
            Files.writeString(staging.resolveSibling(name), "content of " + name);
        }
        run("sign-at", "s3://releases/staging/*.rpm", "--as", "jenkins")
                .assertStatus(0)
                .assertSays("a.rpm  signed: a.rpm.asc");
        run("sign-at", "s3://releases/staging/*.rpm", "--as", "jenkins")
                .assertStatus(0)
                .assertSays("b.rpm  is signed already");
        assertTrue(Files.exists(staging.resolveSibling("b.rpm.asc")));
        assertFalse(Files.exists(staging.resolveSibling("c.txt.asc")));
        assertFalse(Files.exists(staging.resolve("d.rpm.asc")));
        run("fetch", "s3://releases/staging/b.rpm", "--output", installed.toString(), "--require", "jenkins")
                .assertStatus(0);
    }
}
