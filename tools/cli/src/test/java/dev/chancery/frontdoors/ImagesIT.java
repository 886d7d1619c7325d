// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images in a real registry, signed by us; judged by cosign 3, cosign 2 and notation, copied by skopeo.
class ImagesIT {
    @TempDir
    private static Path root;

    private static Office office;
    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        registry = RunningRegistry.in(root.resolve("registry"));
        office = Office.in(root);
        for (String name : List.of("jenkins", "qa")) {
            office.run("authority", "add", name, "--format", "statement", "--format", "raw")
                    .assertStatus(0);
        }
        office.authority("tags", "raw", "ecdsa-p256");
        office.authority("notary", "notation", "ecdsa-p256");
        office.authority("strong", "notation", "ecdsa-p384");
        office.authority("packages", "openpgp", "ed25519");
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static String image(String name) {
        return registry.host() + "/" + name;
    }

    private static Answer verify(String image, String... required) {
        var words = new ArrayList<>(List.of("image", "verify", image));
        words.addAll(List.of(required));
        return office.run(words);
    }

    private static Answer cosign(StockTool cosign, String authority, String format, String image) {
        Path key = office.root().resolve("office/keyring/%s.%s.pem".formatted(authority, format));
        return cosign.run(
                root, "verify", "--key", key.toString(), "--insecure-ignore-tlog=true", "--allow-http-registry", image);
    }

    @Test
    void everyCosignVerifiesWhatWeSignedAndSoDoWe() throws IOException {
        String image = image("team/app:1");
        String digest = registry.push("team/app:1", "one");
        verify(image, "--require", "jenkins")
                .assertStatus(1)
                .assertSays("still needs signatures of jenkins (stating ")
                .assertSays("or jenkins (as notation)");
        office.run("image", "sign", image, "--as", "jenkins", "--as", "qa")
                .assertStatus(0)
                .assertSays("%s@%s  signed as jenkins (bundle)".formatted(image("team/app"), digest))
                .assertSays("signed as qa (tag)");
        verify(image, "--require", "jenkins", "--require", "1:qa,tags")
                .assertStatus(0)
                .assertSays(image("team/app") + "@" + digest)
                .assertSays("ACCEPTED");
        verify(image, "--require", "tags").assertStatus(1);
        for (String who : List.of("jenkins", "qa")) {
            cosign(StockTool.COSIGN, who, "statement", image).assertStatus(0);
            cosign(StockTool.COSIGN_2, who, "raw", image).assertStatus(0);
            cosign(StockTool.COSIGN, who, "statement", image("team/app@" + digest))
                    .assertStatus(0);
        }
        assertFails(cosign(StockTool.COSIGN, "jenkins", "raw", image));
        assertFails(cosign(StockTool.COSIGN_2, "tags", "raw", image));
    }

    private static void assertFails(Answer answer) {
        assertEquals(true, answer.status() != 0, answer.toString());
    }

    @Test
    void whatIsThereStaysAndIsCompleted() throws IOException {
        String image = image("team/more:1");
        registry.push("team/more:1", "more");
        office.run("image", "sign", image, "--as", "jenkins").assertStatus(0);
        // Somebody else, with cosign and a key of his own.
        var environment = Map.of("COSIGN_PASSWORD", "");
        StockTool.COSIGN_2
                .run(root, environment, List.of("generate-key-pair", "--output-key-prefix", "other"), "")
                .assertStatus(0);
        StockTool.COSIGN_2
                .run(
                        root,
                        environment,
                        List.of(
                                "sign",
                                "--key",
                                "other.key",
                                "--tlog-upload=false",
                                "--allow-http-registry",
                                "-y",
                                image),
                        "")
                .assertStatus(0);
        office.run("image", "sign", image, "--as", "qa", "--json")
                .assertStatus(0)
                .assertSays("\"added\": true");
        cosign(StockTool.COSIGN_2, "jenkins", "raw", image).assertStatus(0);
        cosign(StockTool.COSIGN_2, "qa", "raw", image).assertStatus(0);
        StockTool.COSIGN_2
                .run(
                        root,
                        "verify",
                        "--key",
                        "other.pub",
                        "--insecure-ignore-tlog=true",
                        "--allow-http-registry",
                        image)
                .assertStatus(0);
        verify(image, "--require", "2:jenkins,qa").assertStatus(0);
    }

    /// For cosign before version 3, and where there are keys of one format only.
    @Test
    void anAuthoritySignsInTheFormsThatItHasKeysFor() throws IOException {
        String image = image("team/old:1");
        registry.push("team/old:1", "old");
        office.run("image", "sign", image, "--as", "tags").assertStatus(0).assertSays("(tag)");
        cosign(StockTool.COSIGN, "tags", "raw", image).assertStatus(0);
        cosign(StockTool.COSIGN_2, "tags", "raw", image).assertStatus(0);
        verify(image, "--require", "tags").assertStatus(1);
        office.run("image", "sign", image, "--as", "packages")
                .assertStatus(4)
                .assertSays("has no key of the formats statement, raw and notation");
        office.run("image", "sign", image, "--as", "tags", "--form", "bundle").assertStatus(4);
        office.run("image", "sign", image, "--as", "tags", "--form", "both").assertStatus(2);
        office.run("image", "sign", image("team/none:1"), "--as", "tags")
                .assertStatus(5)
                .assertSays("has no 1 in team/none");
    }

    @Test
    void aTagThatIsMovedIsRefused() throws IOException {
        String image = image("team/moved:1");
        String digest = registry.push("team/moved:1", "good");
        office.run("image", "sign", image, "--as", "jenkins").assertStatus(0);
        registry.push("team/moved:1", "evil");
        verify(image, "--require", "jenkins").assertStatus(1).assertSays("REFUSED");
        assertFails(cosign(StockTool.COSIGN, "jenkins", "statement", image));
        verify(image("team/moved@" + digest), "--require", "jenkins").assertStatus(0);
    }

    /// The tags of one image's signatures, put where another's would be.
    @Test
    void signaturesOfAnotherImageDoNotCount() throws IOException {
        String good = registry.push("team/swap:1", "good").replace(':', '-');
        String evil = registry.push("team/swap:2", "evil").replace(':', '-');
        office.run("image", "sign", image("team/swap:1"), "--as", "jenkins").assertStatus(0);
        for (String suffix : List.of("", ".sig")) {
            StockTool.SKOPEO
                    .run(
                            root,
                            "--insecure-policy",
                            "copy",
                            "--quiet",
                            "--all",
                            "--src-tls-verify=false",
                            "--dest-tls-verify=false",
                            "docker://" + image("team/swap:" + good + suffix),
                            "docker://" + image("team/swap:" + evil + suffix))
                    .assertStatus(0);
        }
        verify(image("team/swap:2"), "--require", "jenkins").assertStatus(1);
        assertFails(cosign(StockTool.COSIGN, "jenkins", "statement", image("team/swap:2")));
        assertFails(cosign(StockTool.COSIGN_2, "jenkins", "raw", image("team/swap:2")));
    }

    @Test
    void signaturesGoAlongWhenSkopeoCopies() throws IOException {
        registry.push("team/copied:1", "copied");
        office.run("image", "sign", image("team/copied:1"), "--as", "qa").assertStatus(0);
        StockTool.SKOPEO
                .run(
                        root,
                        "--insecure-policy",
                        "sync",
                        "--all",
                        "--src=docker",
                        "--dest=docker",
                        "--src-tls-verify=false",
                        "--dest-tls-verify=false",
                        image("team/copied"),
                        image("mirror"))
                .assertStatus(0);
        String copy = image("mirror/copied:1");
        verify(copy, "--require", "qa").assertStatus(0);
        cosign(StockTool.COSIGN, "qa", "statement", copy).assertStatus(0);
        cosign(StockTool.COSIGN_2, "qa", "raw", copy).assertStatus(0);
    }

    /// As whom notation trusts: the certificates at the top, and no one else's.
    private static Path trusting(String name, Path certificates) throws IOException {
        Path home = Files.createDirectories(root.resolve("notation-" + name));
        Path settings = Files.createDirectories(home.resolve(".config/notation"));
        Files.writeString(settings.resolve("trustpolicy.json"), """
                {"version": "1.0", "trustPolicies": [{"name": "all", "registryScopes": ["*"],
                 "signatureVerification": {"level": "strict"}, "trustStores": ["ca:theirs"],
                 "trustedIdentities": ["*"]}]}
                """);
        Path store = Files.createDirectories(settings.resolve("truststore/x509/ca/theirs"));
        Files.copy(certificates, store.resolve("theirs.pem"));
        return home;
    }

    private static Answer notation(Path home, String image) {
        return StockTool.NOTATION.run(home, "verify", "--insecure-registry", image);
    }

    private static Path exported(String authority) {
        Path keys = root.resolve("keys-" + authority);
        office.run("keyring", "export", "--for", "notation", "--force", keys.toString())
                .assertStatus(0);
        return keys.resolve(authority + ".notation.pem");
    }

    @Test
    void notationVerifiesWhatWeSignedAndSoDoWe() throws IOException {
        String image = image("team/noted:1");
        String digest = registry.push("team/noted:1", "noted");
        Path strong = trusting("strong", exported("strong"));
        assertFails(notation(strong, image));
        office.run("image", "sign", image, "--as", "notary", "--as", "strong", "--as", "jenkins")
                .assertStatus(0)
                .assertSays("signed as notary (notation)")
                .assertSays("signed as jenkins (bundle)");
        office.run("image", "sign", image, "--as", "notary")
                .assertStatus(0)
                .assertSays("is signed already as notary (notation)");
        notation(strong, image("team/noted@" + digest)).assertStatus(0).assertSays("Successfully verified");
        notation(trusting("notary", exported("notary")), image).assertStatus(0);
        verify(image, "--require", "notary", "--require", "2:jenkins,strong,qa").assertStatus(0);
        verify(image, "--require", "qa").assertStatus(1);
        registry.push("team/noted:1", "evil");
        assertFails(notation(strong, image));
        verify(image, "--require", "notary").assertStatus(1);
        notation(strong, image("team/noted@" + digest)).assertStatus(0);
    }

    /// Where notation looks for them when a registry does not tell what refers to an image.
    @Test
    void notationsSignaturesGoAlongAndCountForNoOtherImage() throws IOException {
        String digest = registry.push("team/gone:1", "gone");
        office.run("image", "sign", image("team/gone:1"), "--as", "strong").assertStatus(0);
        Path strong = trusting("copies", exported("strong"));
        skopeo(StockTool.SKOPEO_TRIXIE, "sync", "--src=docker", "--dest=docker", image("team/gone"), image("copies"));
        notation(strong, image("copies/gone:1")).assertStatus(0);
        verify(image("copies/gone:1"), "--require", "strong").assertStatus(0);
        // Debian 12's leaves types out of an index, by which notation looks; we look into each manifest.
        skopeo(StockTool.SKOPEO, "sync", "--src=docker", "--dest=docker", image("team/gone"), image("older"));
        verify(image("older/gone:1"), "--require", "strong").assertStatus(0);
        String other = registry.push("team/gone:2", "other");
        skopeo(
                StockTool.SKOPEO_TRIXIE,
                "copy",
                "docker://" + image("team/gone:" + digest.replace(':', '-')),
                "docker://" + image("team/gone:" + other.replace(':', '-')));
        assertFails(notation(strong, image("team/gone:2")));
        verify(image("team/gone:2"), "--require", "strong").assertStatus(1);
    }

    private static void skopeo(StockTool skopeo, String command, String... words) {
        var all = new ArrayList<>(
                List.of("--insecure-policy", command, "--all", "--src-tls-verify=false", "--dest-tls-verify=false"));
        all.addAll(List.of(words));
        skopeo.run(root, all.toArray(String[]::new)).assertStatus(0);
    }

    private static void openssl(String words) {
        StockTool.OPENSSL.run(root, words.split(" ", -1)).assertStatus(0);
    }

    /// What `openssl req` and `openssl x509` need to be told.
    private static void certificates() throws IOException {
        Files.writeString(root.resolve("certificates.cnf"), """
                [req]
                distinguished_name = name
                [name]
                [ca]
                basicConstraints = critical, CA:true
                keyUsage = critical, keyCertSign
                [leaf]
                basicConstraints = critical, CA:false
                keyUsage = critical, digitalSignature
                extendedKeyUsage = codeSigning
                """);
    }

    @Test
    void aCertificateAuthorityIssuesForNotation() throws IOException {
        certificates();
        String image = image("team/issued:1");
        registry.push("team/issued:1", "issued");
        office.authority("issued", "notation", "ecdsa-p384");
        Path request = root.resolve("issued.csr");
        office.run(
                        "certificate",
                        "request",
                        "issued",
                        "--subject",
                        "CN=Issued,O=Example",
                        "--output",
                        request.toString())
                .assertStatus(0);
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=CA -days 9"
                + " -config certificates.cnf -extensions ca");
        openssl("x509 -req -in issued.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 8 -copy_extensions copy"
                + " -out issued.crt");
        Path chain = Files.writeString(
                root.resolve("issued.pem"),
                Files.readString(root.resolve("issued.crt")) + Files.readString(root.resolve("ca.pem")));
        office.run(
                        "certificate",
                        "install",
                        "issued",
                        root.resolve("issued.crt").toString())
                .assertStatus(4)
                .assertSays("has no certificate of the authority that issued");
        office.run("certificate", "install", "issued", chain.toString()).assertStatus(0);
        office.run("image", "sign", image, "--as", "issued").assertStatus(0);
        notation(trusting("issued", root.resolve("ca.pem")), image).assertStatus(0);
        notation(trusting("exported", exported("issued")), image).assertStatus(0);
        verify(image, "--require", "issued").assertStatus(0);
        assertFails(notation(trusting("another", exported("notary")), image));
    }

    /// With a key that openssl made.
    @Test
    void weVerifyWhatNotationSigned() throws IOException {
        certificates();
        String image = image("team/theirs:1");
        registry.push("team/theirs:1", "theirs");
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout theirs.key -out theirs.crt"
                + " -subj /C=DE/ST=BE/O=Theirs -config certificates.cnf -extensions leaf -days 9");
        Path settings = Files.createDirectories(root.resolve(".config/notation"));
        Files.writeString(settings.resolve("signingkeys.json"), """
                {"default": "theirs", "keys": [{"name": "theirs", "keyPath": "%1$s.key", "certPath": "%1$s.crt"}]}
                """.formatted(root.resolve("theirs")));
        StockTool.NOTATION
                .run(root, "sign", "--insecure-registry", "--user-metadata", "job=7", image)
                .assertStatus(0);
        verify(image, "--require", "theirs").assertStatus(1);
        office.run("keyring", "import", root.resolve("theirs.crt").toString(), "--as", "theirs", "--format", "notation")
                .assertStatus(0);
        verify(image, "--require", "theirs").assertStatus(0).assertSays("signed by theirs (notation)");
        office.run("image", "sign", image, "--as", "notary").assertStatus(0);
        verify(image, "--require", "theirs", "--require", "notary").assertStatus(0);
        notation(trusting("both", root.resolve("theirs.crt")), image).assertStatus(0);
    }

    @Test
    void aRegistryThatWantsAPasswordGetsIt() throws IOException, InterruptedException {
        Path folder = root.resolve("closed");
        try (var closed = RunningRegistry.withPassword(folder)) {
            closed.push("app:1", "closed", "--dest-creds=builder:of-images");
            String image = closed.host() + "/app:1";
            office.run("image", "sign", image, "--as", "qa").assertStatus(4).assertSays("denies manifest 1");
            Files.writeString(
                    Files.createDirectories(folder.resolve("docker")).resolve("config.json"),
                    "{\"auths\":{\"%s\":{\"auth\":\"YnVpbGRlcjpvZi1pbWFnZXM=\"}},\"credsStore\":\"none\"}"
                            .formatted(closed.host()));
            var environment = new HashMap<>(office.environment());
            environment.put("DOCKER_CONFIG", folder.resolve("docker").toString());
            for (List<String> words :
                    List.of(List.of("sign", image, "--as", "qa"), List.of("verify", image, "--require", "qa"))) {
                var command = new ArrayList<>(
                        List.of(Office.PACKAGED.resolve("bin/chancery").toString(), "image"));
                command.addAll(words);
                Answer.to(office.work(), environment, command).assertStatus(0);
            }
        }
    }
}
