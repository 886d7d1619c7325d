// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.enclave.sandbox.Confinement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnclaveConfigurationTest {
    private static final String WHOLE = """
            {
              "version": 1,
              "rules": "rules.json",
              "keys": [{"provider": "file", "directory": "keys", "passphrase": "credential:keys"}],
              "audit": {"file": "/var/lib/chancery/audit.jsonl", "copy_to_standard_output": true},
              "doors": [
                {"kind": "request", "socket": "/run/chancery/requests.sock", "vouchers": ["unix:chancery-server"]},
                {"kind": "stream", "socket": "/run/chancery/packages.sock", "conversation": "relay",
                 "authority": "release", "format": "openpgp", "encoding": "binary", "artifact": "package"}
              ]
            }
            """;

    private static EnclaveConfiguration parse(String text) {
        return EnclaveConfiguration.parse(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), Path.of("/etc/chancery"));
    }

    @Test
    void readsWhatThePackageCommentShows() {
        var configuration = parse(WHOLE);
        assertEquals(
                Path.of("/etc/chancery/rules.json"), configuration.sources().rules());
        assertEquals(
                Path.of("/etc/chancery/keys"),
                configuration.sources().keys().getFirst().directory());
        assertEquals(
                Path.of("/var/lib/chancery/audit.jsonl"), configuration.audit().file());
        assertEquals(2, configuration.doors().size());
    }

    private static final String FILES =
            "{\"provider\": \"file\", \"directory\": \"keys\", \"passphrase\": \"credential:keys\"}";
    private static final String TOKEN = """
            {"provider": "pkcs11", "directory": "tokens/hsm", "module": "/usr/lib/softhsm/libsofthsm2.so",
             "token": "release", "pin": "file:pin",
             "module_needs": {"read": ["/etc/softhsm", "more"], "write": ["/var/lib/softhsm"], "unix_sockets": true,
                              "tcp_ports": [1, 65535], "environment": ["SOFTHSM2_CONF=/etc/softhsm/softhsm2.conf"]}}
            """;

    private static EnclaveConfiguration withKeys(String keys) {
        assertTrue(WHOLE.contains(FILES));
        return parse(WHOLE.replace(FILES, keys));
    }

    @Test
    void aTokenSaysWhatItsModuleNeeds() {
        var configuration = withKeys(TOKEN);
        var token = configuration.sources().keys().getFirst();
        assertEquals(List.of(Path.of("/etc/chancery/tokens/hsm"), Path.of("/etc/chancery/pin")), token.files());
        var exemption = configuration.exemption();
        assertEquals(
                List.of(
                        Path.of("/usr/lib/softhsm/libsofthsm2.so"),
                        Path.of("/etc/softhsm"),
                        Path.of("/etc/chancery/more")),
                exemption.files().read());
        assertEquals(List.of(Path.of("/var/lib/softhsm")), exemption.files().write());
        assertTrue(exemption.connections().unixSockets());
        assertEquals(Set.of(1, 65_535), exemption.connections().tcpPorts());
        assertEquals(Map.of("SOFTHSM2_CONF", "/etc/softhsm/softhsm2.conf"), exemption.environment());
        var plain =
                withKeys(TOKEN.replaceFirst("(?s),\\s+\"module_needs.*", "}")).exemption();
        assertEquals(
                List.of(Path.of("/usr/lib/softhsm/libsofthsm2.so")),
                plain.files().read());
        assertEquals(List.of(), plain.files().write());
        assertEquals(Confinement.Connections.NONE, plain.connections());
        assertEquals(Confinement.Exemption.NONE, parse(WHOLE).exemption());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "tcp_ports": [1, 65535] | "tcp_ports": [0]          | tcp_ports[0] is 0, not 1 to 65535
            "tcp_ports": [1, 65535] | "tcp_ports": [65536]      | is 65536, not 1 to 65535
            SOFTHSM2_CONF=          | LD_PRELOAD=               | variable "LD_PRELOAD" cannot be given to a library
            SOFTHSM2_CONF=          | SOFTHSM2_CONF             | is not NAME=value
            "unix_sockets"          | "udp"                     | module_needs.udp is not known here
            "token": "release"      | "token": ""               | token label
            """)
    void namesWhatIsWrongAboutAToken(String right, String wrong, String complaint) {
        assertTrue(TOKEN.contains(right.strip()), right);
        String text = TOKEN.replace(right.strip(), wrong.strip());
        var fault = assertThrows(MalformedException.class, () -> withKeys(text));
        assertTrue(fault.sentence().contains(complaint.strip()), fault.sentence());
    }

    private static final String VAULT = """
            {"provider": "vault", "directory": "tokens/vault", "address": "https://localhost:8200", "ca": "ca.pem",
             "mount": "signing", "namespace": "builds", "login": "approle:my-role:file:secret-id", "login_mount": "m"}
            """;

    @Test
    void vaultIsOneConnectionAndItsSecret() {
        var configuration = withKeys(VAULT);
        var vault = configuration.sources().keys().getFirst();
        assertTrue(vault.files()
                .containsAll(List.of(
                        Path.of("/etc/chancery/tokens/vault"),
                        Path.of("/etc/chancery/secret-id"),
                        Path.of("/etc/chancery/ca.pem"))));
        assertEquals(
                "in signing of Vault at https://localhost:8200, namespace builds, "
                        + "handles in /etc/chancery/tokens/vault, "
                        + "login by approle:my-role:file:/etc/chancery/secret-id",
                vault.describe());
        var exemption = configuration.exemption();
        assertEquals(new Confinement.Connections(false, Set.of(8200)), exemption.connections());
        assertEquals(vault.files(), exemption.files().read());
        assertEquals(List.of(), exemption.files().write());
        var agent = withKeys("""
                {"provider": "vault", "directory": "d", "address": "unix:/run/agent.sock", "login": "agent"}
                """);
        assertEquals(
                new Confinement.Connections(true, Set.of()), agent.exemption().connections());
        assertEquals(
                List.of(Path.of("/etc/chancery/d")), agent.exemption().files().read());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            https://localhost:8200     | http://vault.example:8200 | would show the token to the network
            https://localhost:8200     | unix:/run/a.sock          | trusted certificates are of no use
            "signing"                  | "../signing"              | Transit mount "../signing" is not made of
            my-role:file:secret-id     | my-role                   | is not token:SOURCE, approle:ROLE-ID:SOURCE or
            approle:my-role:file:      | token:file:               | has no mount: that is for approle
            "ca": "ca.pem"             | "pin": "ca.pem"           | pin is not known here
            """)
    void namesWhatIsWrongAboutVault(String right, String wrong, String complaint) {
        assertTrue(VAULT.contains(right.strip()), right);
        String text = VAULT.replace(right.strip(), wrong.strip());
        var fault = assertThrows(MalformedException.class, () -> withKeys(text));
        assertTrue(fault.sentence().contains(complaint.strip()), fault.sentence());
    }

    @Test
    void aTokenHasAnEnclaveForItself() {
        for (String keys :
                List.of(VAULT + ", " + FILES, FILES + ", " + TOKEN, TOKEN + ", " + FILES, TOKEN + ", " + TOKEN)) {
            var fault = assertThrows(MalformedException.class, () -> withKeys(keys));
            assertTrue(fault.sentence().contains("not in one enclave with other keys"), fault.sentence());
        }
        var twice = assertThrows(MalformedException.class, () -> withKeys(FILES + ", " + FILES));
        assertTrue(twice.sentence().contains("named twice"), twice.sentence());
    }

    /// "unknown keys are errors", and so is all else that nobody could mean.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "version": 1        | "version": 2                    | configuration.version is 2
            "version": 1        | "version": 1, "rule": "x"       | configuration.rule is not known here
            "directory": "keys" | "directory": "keys", "pin": "x" | configuration.keys[0].pin is not known here
            "file", "directory" | "hsm", "directory"              | provider "hsm" is not file, pkcs11 or vault
            "request"           | "window"                        | kind of door "window" is not
            "relay"             | "chat"                          | conversation "chat" is not plain or relay
            "binary"            | "braille"                       | encoding "braille" is not one of
            "artifact": "package" | "artifact": "a/b"             | is a path, not a file name
            packages.sock       | requests.sock                   | two doors have one socket
            unix:chancery       | chancery                        | is not kind:name
            "conversation"      | "silence_seconds": 0, "conversation" | is 0, not 1 to 3600
            "conversation"      | "silence_seconds": 3601, "conversation" | is 3601, not 1 to 3600
            "version": 1        | "version": 1, "sandbox": {"filter": "none"} | filter "none" is not deny-list
            "version": 1        | "version": 1, "sandbox": {"may_be_missing": ["seccomp"]} | is none of
            "openpgp"           | "pgp!"                          | configuration.doors[1].format
            """)
    void namesWhatIsWrong(String right, String wrong, String complaint) {
        assertTrue(WHOLE.contains(right.strip()), right);
        var fault = assertThrows(MalformedException.class, () -> parse(WHOLE.replace(right.strip(), wrong.strip())));
        assertTrue(fault.sentence().contains(complaint.strip()), fault.sentence());
    }
}
