// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.ServedOffice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker and the queue of a server; places are directories. Processes, web servers and kills are in `WorkerIT`.
class WorkerTest {
    private static final String RAW = """
                "place": "staging", "artifacts": ["*.txt"], "as": ["release"], "formats": ["raw"]""";

    @TempDir
    private Path root;

    private ServedOffice office;
    private Path staging;
    private Path released;

    @BeforeEach
    void start() throws IOException {
        office = ServedOffice.in(root);
        staging = Files.createDirectory(root.resolve("staging"));
        released = root.resolve("released");
        route("");
    }

    @AfterEach
    void stop() {
        office.close();
    }

    /// The configuration with more fields in its route, each behind a comma.
    private void route(String more) throws IOException {
        configuration("""
                "place": "staging", "artifacts": ["{name}-{version}.txt"], "as": ["release"],
                "formats": ["openpgp", "raw"],
                "to": ["releases"]""" + more, "");
    }

    private void configuration(String route, String more) throws IOException {
        Files.writeString(root.resolve("worker.json"), """
                {"version": 1,
                 "places": [{"name": "staging", "at": "staging"},
                            {"name": "releases", "at": "released/{name}/{version}"}],
                 "routes": [{%s}]%s}
                """.formatted(route, more));
    }

    private ServedOffice.Said work(String... more) {
        var words = new ArrayList<>(List.of(
                "worker",
                "--config",
                root.resolve("worker.json").toString(),
                "--once",
                "--spool",
                root.toString(),
                "--keyring",
                office.keyring()));
        words.addAll(List.of(more));
        return office.run(words.toArray(String[]::new));
    }

    private void stage(String name) throws IOException {
        Files.writeString(staging.resolve(name), "content of " + name);
    }

    private ServedOffice.Said order(String artifact) {
        return office.run("job", "submit", artifact).assertStatus(0);
    }

    private static Set<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return new TreeSet<>(
                    files.map(file -> String.valueOf(file.getFileName())).toList());
        }
    }

    private String jobs() {
        return office.run("job", "list").assertStatus(0).output();
    }

    private long entries() throws IOException {
        var lines = Files.readAllLines(root.resolve("log/checkpoint"));
        return Long.parseLong(lines.get(1));
    }

    @Test
    void anArtifactIsSignedVerifiedAndBroughtToItsPlace() throws IOException {
        stage("app-1.2.txt");
        order("staging/app-1.2.txt").assertSays("1        waiting  0  staging/app-1.2.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"").assertSays("\"files\":[\"app-1.2.txt.asc\"");
        Path place = released.resolve("app/1.2");
        assertEquals(
                Set.of(
                        "app-1.2.txt",
                        "app-1.2.txt.asc",
                        "app-1.2.txt.asc.tlog-proof",
                        "app-1.2.txt.raw.sig",
                        "app-1.2.txt.raw.sig.tlog-proof"),
                names(place));
        office.run(
                        "verify",
                        place.resolve("app-1.2.txt").toString(),
                        "--require",
                        "release",
                        "--keyring",
                        office.keyring(),
                        "--log",
                        office.logKey())
                .assertStatus(0);
        assertTrue(jobs().startsWith("1        done     1  staging/app-1.2.txt"), jobs());
        assertEquals(Set.of("app-1.2.txt"), names(staging));
        try (var left = Files.list(root)) {
            assertFalse(left.anyMatch(file -> file.toString().contains("chancery-job")), "the spool is empty");
        }
    }

    /// As after a kill between signing and uploading, or between uploading and telling.
    @Test
    void whatWasDoneIsNotDoneAgain() throws IOException, InterruptedException {
        stage("app-1.txt");
        order("staging/app-1.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        Path place = released.resolve("app/1");
        byte[] signature = Files.readAllBytes(place.resolve("app-1.txt.asc"));
        long entries = entries();
        order("staging/app-1.txt").assertSays("2        waiting");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        assertEquals(entries, entries(), "everything was there");
        Thread.sleep(1_100); // the time in an OpenPGP signature is in seconds
        Files.delete(place.resolve("app-1.txt"));
        Files.delete(place.resolve("app-1.txt.asc"));
        Files.delete(place.resolve("app-1.txt.asc.tlog-proof"));
        order("staging/app-1.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        assertArrayEquals(signature, Files.readAllBytes(place.resolve("app-1.txt.asc")));
        assertEquals(5, names(place).size());
        assertEquals(entries, entries(), "the server had the signature");
    }

    /// As after a kill between a signature and its receipt: the soak of `WorkerIT` found it.
    @Test
    void aSignatureThatLacksItsReceiptGetsIt() throws IOException, InterruptedException {
        stage("app-1.txt");
        order("staging/app-1.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        Path place = released.resolve("app/1");
        byte[] signature = Files.readAllBytes(place.resolve("app-1.txt.asc"));
        long entries = entries();
        Thread.sleep(1_100); // the time in an OpenPGP signature is in seconds
        Files.delete(place.resolve("app-1.txt"));
        Files.delete(place.resolve("app-1.txt.asc.tlog-proof"));
        Files.delete(place.resolve("app-1.txt.raw.sig.tlog-proof"));
        order("staging/app-1.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        assertEquals(5, names(place).size());
        assertArrayEquals(signature, Files.readAllBytes(place.resolve("app-1.txt.asc")));
        assertEquals(entries, entries(), "the server had them");
    }

    @Test
    void aSignatureThatWasMadeElsewhereStays() throws IOException, InterruptedException {
        stage("app-1.txt");
        Path place = Files.createDirectories(released.resolve("app/1"));
        Path file = Files.copy(staging.resolve("app-1.txt"), place.resolve("app-1.txt"));
        office.run("sign", file.toString(), "--as", "release", "--format", "openpgp", "--no-receipt")
                .assertStatus(0);
        Thread.sleep(1_100); // the time in an OpenPGP signature is in seconds
        byte[] signature = Files.readAllBytes(place.resolve("app-1.txt.asc"));
        order("staging/app-1.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        assertArrayEquals(signature, Files.readAllBytes(place.resolve("app-1.txt.asc")));
        assertFalse(Files.exists(place.resolve("app-1.txt.asc.tlog-proof")));
        assertTrue(Files.exists(place.resolve("app-1.txt.raw.sig.tlog-proof")));
    }

    /// As registries want it: one armored signature in `.sig`, and those of others beside it.
    @Test
    void aPackageHasItsSignatureInOneFile() throws IOException {
        route(", \"package\": \"release\"");
        stage("app-1.2.txt");
        order("staging/app-1.2.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        Path place = released.resolve("app/1.2");
        assertEquals(Set.of("app-1.2.txt", "app-1.2.txt.sig", "app-1.2.txt.sig.tlog-proof"), names(place));
        assertTrue(Files.readString(place.resolve("app-1.2.txt.sig")).startsWith("-----BEGIN PGP SIGNATURE-----"));
        long entries = entries();
        order("staging/app-1.2.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        assertEquals(entries, entries());
    }

    @Test
    void aPackageIsSignedByOneWhoSigns() throws IOException {
        route(", \"package\": \"qa\"");
        work().assertStatus(3).assertSays("has a package that is not one of those who sign");
    }

    @Test
    void whatAKilledWorkerLeftIsRemovedAfterADay() throws IOException {
        Path old = Files.createDirectory(root.resolve("chancery-job-7-1"));
        Files.writeString(Files.createDirectory(old.resolve(".app.zip.1")).resolve("app.zip"), "left");
        Path fresh = Files.createDirectory(root.resolve("chancery-job-8-1"));
        Path other = Files.createDirectory(root.resolve("other"));
        for (Path directory : List.of(old, other)) {
            Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
        work().assertStatus(0);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(fresh));
        assertTrue(Files.exists(other));
    }

    @Test
    void twoAuthoritiesSignWhereAnArtifactLies() throws IOException {
        configuration("""
                "place": "staging", "artifacts": ["*.txt"], "as": ["release", "qa"]""", "");
        stage("notes.txt");
        order("staging/notes.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        office.run(
                        "verify",
                        staging.resolve("notes.txt").toString(),
                        "--require",
                        "2:release,qa",
                        "--keyring",
                        office.keyring())
                .assertStatus(0)
                .assertSays("notes.txt.release.asc")
                .assertSays("notes.txt.qa.sig");
    }

    @Test
    void whatNoRouteIsForIsDeadAndSaysSo() throws IOException {
        stage("app-1.bin");
        order("staging/app-1.bin");
        order("elsewhere/app-1.txt");
        work().assertStatus(0);
        office.run("job", "list", "--state", "dead")
                .assertStatus(0)
                .assertSays("no route of the worker is for app-1.bin of place staging")
                .assertSays("no route of the worker is for app-1.txt of place elsewhere");
        configuration("""
                "place": "staging", "artifacts": ["*.bin"], "as": ["release"], "formats": ["raw"]""", "");
        office.run("job", "retry", "1").assertStatus(0).assertSays("1        waiting");
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        assertEquals(Set.of("app-1.bin", "app-1.bin.raw.sig", "app-1.bin.raw.sig.tlog-proof"), names(staging));
    }

    @Test
    void onlyWhatWasBuiltByWhoMayIsSigned() throws IOException {
        route(", \"accept\": [\"qa\"]");
        stage("app-1.txt");
        order("staging/app-1.txt");
        work().assertStatus(0);
        office.run("job", "list", "--state", "dead").assertStatus(0).assertSays("qa");
        assertFalse(Files.exists(released.resolve("app/1/app-1.txt")));
        long entries = entries();
        office.run("sign", staging.resolve("app-1.txt").toString(), "--as", "qa", "--format", "signify")
                .assertStatus(0);
        Path signature = staging.resolve("app-1.txt.signify.sig");
        byte[] good = Files.readAllBytes(signature);
        stage("app-1.txt2");
        Files.writeString(staging.resolve("app-1.txt"), "another");
        office.run("job", "retry", "1").assertStatus(0);
        work().assertStatus(0).assertSays("\"outcome\":\"hopeless\"").assertSays("does not count");
        stage("app-1.txt");
        Files.write(signature, good);
        office.run("job", "retry", "1").assertStatus(0);
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
        assertTrue(names(released.resolve("app/1")).contains("app-1.txt.signify.sig"), "the builder's goes along");
        assertTrue(entries() > entries);
    }

    @Test
    void aReleaseIsNeverReplaced() throws IOException {
        stage("app-1.txt");
        Files.createDirectories(released.resolve("app/1"));
        Files.writeString(released.resolve("app/1/app-1.txt"), "another");
        order("staging/app-1.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"hopeless\"").assertSays("has another app-1.txt");
        assertEquals(Set.of("app-1.txt"), names(released.resolve("app/1")));
        assertEquals("another", Files.readString(released.resolve("app/1/app-1.txt")));
    }

    @Test
    void whatIsNotThereYetIsTriedAgain() throws IOException {
        order("staging/app-1.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"failed\"").assertSays("has no app-1.txt");
        assertTrue(jobs().startsWith("1        waiting  1  staging/app-1.txt  place "), jobs());
        work().assertStatus(0);
        assertTrue(jobs().startsWith("1        waiting  1"), "not due yet: " + jobs());
    }

    @Test
    void aPolicyIsForWhatIsWrittenInIt() throws IOException {
        Files.writeString(
                root.resolve("policy.json"),
                "{\"version\": 1, \"name\": \"p\","
                        + " \"rules\": [{\"artifacts\": [\"lib-*\"], \"require\": \"release\"}]}");
        route(", \"policy\": \"policy.json\"");
        stage("app-1.txt");
        stage("lib-1.txt");
        order("staging/app-1.txt");
        order("staging/lib-1.txt");
        work().assertStatus(0).assertSays("no rule of the route's policy is for app-1.txt");
        assertTrue(Files.exists(released.resolve("lib/1/lib-1.txt")));
        assertFalse(Files.exists(released.resolve("app/1")));
    }

    /// What the server says is signed counts only if the log has it, where the configuration names one.
    @Test
    void receiptsAreDemandedOfALog() throws IOException {
        configuration(RAW, ", \"log\": \"%s\"".formatted(office.otherLogKey()));
        stage("a.txt");
        order("staging/a.txt");
        work().assertStatus(0).assertSays("\"outcome\":\"hopeless\"");
        assertEquals(Set.of("a.txt"), names(staging));
        configuration(RAW, ", \"log\": \"%s\"".formatted(office.logKey()));
        office.run("job", "retry", "1").assertStatus(0);
        work().assertStatus(0).assertSays("\"outcome\":\"done\"");
    }

    @Test
    void directoriesAreWatchedAndWhatGrowsIsLeftAlone() throws IOException, InterruptedException {
        configuration(RAW, ", \"watch_seconds\": 1");
        stage("a.txt");
        stage("b.bin");
        stage(".c.txt");
        var worker = Thread.ofVirtual()
                .start(() -> office.run(
                        "worker",
                        "--config",
                        root.resolve("worker.json").toString(),
                        "--spool",
                        root.toString(),
                        "--keyring",
                        office.keyring()));
        Path growing = staging.resolve("growing.txt");
        for (int i = 0; i < 100 && !Files.exists(staging.resolve("a.txt.raw.sig.tlog-proof")); i++) {
            Files.writeString(growing, "x".repeat(i));
            Thread.sleep(100);
        }
        assertFalse(Files.exists(staging.resolve("growing.txt.raw.sig")));
        worker.interrupt();
        worker.join();
        assertTrue(names(staging)
                .containsAll(Set.of(
                        "a.txt", "a.txt.raw.sig", "a.txt.raw.sig.tlog-proof", "b.bin", ".c.txt", "growing.txt")));
        assertFalse(jobs().contains("b.bin"), jobs());
        assertFalse(jobs().contains(".c.txt"), jobs());
    }

    @Test
    void whatIsWrongInAConfigurationIsSaid() throws IOException {
        configuration("\"place\": \"other\", \"artifacts\": [\"*\"], \"as\": [\"qa\"]", "");
        work().assertStatus(3).assertSays("is for a place that is not there");
        configuration("\"place\": \"releases\", \"artifacts\": [\"*\"], \"as\": [\"qa\"]", "");
        work().assertStatus(3).assertSays("has {name} or {version} in its address");
        configuration("\"place\": \"staging\", \"artifacts\": [\"*\"], \"as\": [\"qa\"], \"to\": [\"releases\"]", "");
        work().assertStatus(3).assertSays("goes to a place with {name}, which its patterns have not");
        configuration("\"place\": \"staging\", \"artifacts\": [\"*\"], \"as\": [\"qa\", \"qa\"]", "");
        work().assertStatus(3).assertSays("names something twice");
        configuration("\"place\": \"staging\", \"artifacts\": [\"*\"], \"as\": [\"qa\"], \"sing\": true", "");
        work().assertStatus(3).assertSays("sing");
        route(", \"policy\": \"p\", \"require\": [\"qa\"]");
        work().assertStatus(3).assertSays("has both policy and require");
        route("");
        work("--lease", "4").assertStatus(2).assertSays("is not 5 to 600 seconds");
        work("--lease", "601").assertStatus(2);
        office.run("job", "submit", "app").assertStatus(2).assertSays("is not PLACE/ARTIFACT");
        office.run("job", "submit", "a/b", "--priority", "10").assertStatus(2);
        office.run("job", "list", "--state", "lost").assertStatus(2);
        office.run("job", "retry", "0").assertStatus(2);
        office.run("job", "retry", "99").assertStatus(3).assertSays("There is no such job");
    }
}
