// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements before the tools that read attestations, and theirs before us; without any network.
class StatementIT {
    private static final String PARAMETERS = "https://chancery.dev/attestation/parameters/v1";
    private static final String TESTS = "https://example.com/tests/v1";
    private static final String MODEL = "https://model_signing/signature/v1.0";

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void attest() throws IOException {
        office = Office.in(root);
        office.authority("ci", "statement", "ecdsa-p256");
        office.authority("edd", "statement", "ed25519");
        office.authority("other", "statement", "ecdsa-p256");
        Files.writeString(work("app.jar"), "an archive\n".repeat(1_000));
        Files.writeString(work("app.pom"), "<project/>\n");
        Files.writeString(work("tampered"), "an Archive\n".repeat(1_000));
        Files.writeString(
                work("tests.json"), "{\"result\":\"PASSED\",\"coverage\":81.5,\"suites\":[{\"name\":\"unit\"}]}");
        Files.writeString(
                work("no-services.json"), "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\"}");
        model(work("model"));
        office.run("attest", "app.jar", "app.pom", "--as", "ci", "--as", "edd", "--param", "job=42")
                .assertStatus(0);
        office.run("attest", "model", "--as", "ci").assertStatus(0);
        office.run("keyring", "export", "--for", "cosign", "keys").assertStatus(0);
    }

    private static void model(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("weights"));
        Files.writeString(directory.resolve("weights/0"), "0".repeat(10_000));
        Files.writeString(directory.resolve("weights-0"), "1");
        Files.writeString(directory.resolve("LICENSE"), "Apache-2.0");
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static String bundle(String artifact, String authority) {
        return artifact + "." + authority + ".intoto.sigstore.json";
    }

    private static Answer cosign(StockTool version, String key, String bundle, List<String> more) {
        var arguments =
                new ArrayList<>(List.of("verify-blob-attestation", "--key", "keys/" + key + ".statement.cosign.pub"));
        arguments.addAll(List.of("--bundle", bundle, "--insecure-ignore-tlog=true"));
        arguments.addAll(List.of("--new-bundle-format", "--trusted-root", "keys/trusted_root.json"));
        arguments.addAll(more);
        return version.run(office.work(), Map.of(), arguments, "");
    }

    @ParameterizedTest
    @EnumSource(
            value = StockTool.class,
            names = {"COSIGN", "COSIGN_2"})
    void cosignAcceptsOursAndNothingDamaged(StockTool version) throws IOException {
        for (String authority : List.of("ci", "edd")) {
            String bundle = bundle("app.jar", authority);
            cosign(version, authority, bundle, List.of("--type", PARAMETERS, "app.jar"))
                    .assertStatus(0);
            cosign(version, authority, bundle, List.of("--type", PARAMETERS, "app.pom"))
                    .assertStatus(0);
            cosign(version, authority, bundle, List.of("--type", PARAMETERS, "tampered"))
                    .assertFails();
            var ofAnotherType = cosign(version, authority, bundle, List.of("--type", TESTS, "app.jar"));
            if (version == StockTool.COSIGN) {
                ofAnotherType.assertFails();
            } else {
                ofAnotherType.assertStatus(0); // docs/formats.md warns: version 2 does not look at the type
            }
            cosign(version, "other", bundle, List.of("--type", PARAMETERS, "app.jar"))
                    .assertFails();
            String changed = Damage.inField("sig", Files.readString(work(bundle)));
            Files.writeString(work("changed.json"), changed);
            cosign(version, authority, "changed.json", List.of("--type", PARAMETERS, "app.jar"))
                    .assertFails();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", "edd"})
    void sigstoreJsAcceptsOursAndNothingDamaged(String authority) {
        String bundle = bundle("app.jar", authority);
        sigstoreJs(authority, bundle, "app.jar").assertStatus(0).assertSays("accepted");
        sigstoreJs(authority, bundle, "app.pom").assertStatus(0);
        sigstoreJs(authority, bundle, "tampered").assertFails();
        sigstoreJs("other", bundle, "app.jar").assertFails();
    }

    private static Answer sigstoreJs(String key, String bundle, String file) {
        return StockTool.SIGSTORE_JS.run(office.work(), "keys/" + key + ".statement.cosign.pub", bundle, file);
    }

    @Test
    void verifyDemandsWhatIsStated() {
        verify("app.jar", "--require", "ci", "--param", "job=42").assertStatus(0);
        verify("app.pom", "--require", "2:ci,edd,other", "--predicate-type", PARAMETERS)
                .assertStatus(0);
        verify("app.jar", "--require", "ci").assertStatus(1).assertSays("still needs a signature of ci");
        verify("app.jar", "--require", "ci", "--param", "job=43").assertStatus(1);
        verify("app.jar", "--require", "ci", "--predicate-type", TESTS).assertStatus(1);
        verify("app.jar", "--require", "other", "--param", "job=42").assertStatus(1);
        verify("tampered", "--require", "ci", "--param", "job=42", "--signature", bundle("app.jar", "ci"))
                .assertStatus(1)
                .assertSays("with other content");
    }

    private static Answer verify(String... arguments) {
        var all = new ArrayList<>(List.of("verify"));
        all.addAll(List.of(arguments));
        return office.run(all);
    }

    @Test
    void aPredicateOfAnyType() {
        office.run(
                        "attest",
                        "app.jar",
                        "--as",
                        "ci",
                        "--predicate",
                        "tests.json",
                        "--predicate-type",
                        TESTS,
                        "--label",
                        "tests")
                .assertStatus(0);
        String bundle = "app.jar.ci.tests.intoto.sigstore.json";
        cosign(StockTool.COSIGN, "ci", bundle, List.of("--type", TESTS, "app.jar"))
                .assertStatus(0);
        String[] demand = {"app.jar", "--attested", "ci", "--predicate-type", TESTS, "--param"};
        verify(with(demand, "result=PASSED")).assertStatus(0);
        verify(with(demand, "coverage=81.5")).assertStatus(0);
        verify(with(demand, "/suites/0/name=unit")).assertStatus(0);
        verify(with(demand, "/suites/1/name=unit")).assertStatus(1);
        verify(with(demand, "result=FAILED")).assertStatus(1);
    }

    private static String[] with(String[] arguments, String last) {
        var all = new ArrayList<>(List.of(arguments));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @Test
    void weAcceptCosigns() throws IOException {
        var password = Map.of("COSIGN_PASSWORD", "");
        StockTool.COSIGN
                .run(office.work(), password, List.of("generate-key-pair", "--output-key-prefix", "theirs"), "")
                .assertStatus(0);
        var sign = List.of(
                "attest-blob",
                "--yes",
                "--key",
                "theirs.key",
                "--signing-config",
                "no-services.json",
                "--predicate",
                "tests.json",
                "--type",
                TESTS,
                "--bundle",
                "theirs.json",
                "app.jar");
        StockTool.COSIGN.run(office.work(), password, sign, "").assertStatus(0);
        Path keyring = Files.createDirectories(root.resolve("theirs"));
        office.run(
                        "keyring",
                        "import",
                        "theirs.pub",
                        "--as",
                        "theirs",
                        "--format",
                        "statement",
                        "--keyring",
                        keyring.toString())
                .assertStatus(0);
        String[] ours = {
            "app.jar",
            "--keyring",
            keyring.toString(),
            "--signature",
            "theirs.json",
            "--require",
            "theirs",
            "--predicate-type",
            TESTS,
            "--param"
        };
        verify(with(ours, "coverage=81.5")).assertStatus(0);
        verify(with(ours, "coverage=81.6")).assertStatus(1);
        ours[0] = "tampered";
        verify(with(ours, "coverage=81.5")).assertStatus(1);
    }

    @Test
    void aDirectoryBeforeModelSigning() throws IOException {
        String bundle = bundle("model", "ci");
        modelSigning(bundle, "model").assertStatus(0);
        verify("model", "--require", "ci", "--predicate-type", MODEL).assertStatus(0);
        model(work("more"));
        Files.writeString(work("more/new"), "");
        refuse(bundle, "more", "is there and not in the statement");
        model(work("less"));
        Files.delete(work("less/LICENSE"));
        refuse(bundle, "less", "is missing");
        model(work("changed"));
        Files.writeString(work("changed/weights-0"), "2");
        refuse(bundle, "changed", "has other content");
        model(work("renamed"));
        Files.move(work("renamed/weights-0"), work("renamed/weights-1"));
        refuse(bundle, "renamed", "is missing");
        verify("app.jar", "--require", "ci", "--predicate-type", MODEL, "--signature", bundle)
                .assertStatus(1)
                .assertSays("it is over a directory");
    }

    private static void refuse(String bundle, String directory, String words) {
        modelSigning(bundle, directory).assertFails();
        verify(directory, "--require", "ci", "--predicate-type", MODEL, "--signature", bundle)
                .assertStatus(1)
                .assertSays(words);
    }

    private static Answer modelSigning(String bundle, String directory) {
        return StockTool.MODEL_SIGNING.run(
                office.work(),
                "verify",
                "key",
                "--signature",
                bundle,
                "--public_key",
                "keys/ci.statement.cosign.pub",
                directory);
    }

    @Test
    void weAcceptModelSignings() throws IOException {
        openssl("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", "lab.key");
        openssl("pkey", "-in", "lab.key", "-pubout", "-out", "lab.pub");
        model(work("theirs"));
        Files.createDirectories(work("theirs/.git"));
        Files.writeString(work("theirs/.git/HEAD"), "not looked at");
        StockTool.MODEL_SIGNING
                .run(
                        office.work(),
                        "sign",
                        "key",
                        "--private_key",
                        "lab.key",
                        "--signature",
                        "theirs/model.sig",
                        "theirs")
                .assertStatus(0);
        Path keyring = Files.createDirectories(root.resolve("lab"));
        office.run(
                        "keyring",
                        "import",
                        "lab.pub",
                        "--as",
                        "lab",
                        "--format",
                        "statement",
                        "--keyring",
                        keyring.toString())
                .assertStatus(0);
        String[] ours = {
            "theirs",
            "--keyring",
            keyring.toString(),
            "--signature",
            "theirs/model.sig",
            "--attested",
            "lab",
            "--predicate-type",
            MODEL
        };
        verify(ours).assertStatus(0);
        Files.writeString(work("theirs/.git/HEAD"), "still not");
        verify(ours).assertStatus(0);
        Files.writeString(work("theirs/LICENSE"), "none");
        verify(ours).assertStatus(1).assertSays("has other content");
    }

    private static void openssl(String... arguments) {
        StockTool.OPENSSL.run(office.work(), arguments).assertStatus(0);
    }
}
