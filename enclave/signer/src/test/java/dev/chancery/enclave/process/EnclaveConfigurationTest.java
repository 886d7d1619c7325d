// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /// "unknown keys are errors", and so is all else that nobody could mean.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "version": 1        | "version": 2                    | configuration.version is 2
            "version": 1        | "version": 1, "rule": "x"       | configuration.rule is not known here
            "directory": "keys" | "directory": "keys", "pin": "x" | configuration.keys[0].pin is not known here
            "file", "directory" | "hsm", "directory"              | provider "hsm" is not known
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
