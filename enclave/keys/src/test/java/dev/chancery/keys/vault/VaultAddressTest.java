// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.MalformedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VaultAddressTest {
    @Test
    void addressesHaveTheirForms() {
        for (String good : List.of(
                "unix:/run/vault/agent.sock",
                "https://vault.example.org:8200",
                "https://[2001:db8::1]:443",
                "http://127.0.0.1:8200",
                "http://[::1]:8200",
                "http://localhost:1")) {
            assertEquals(good, VaultAddress.parse(good).toString());
        }
        for (String bad : List.of(
                "",
                "unix:agent.sock",
                "unix:/" + "x".repeat(107),
                "https://vault.example.org",
                "https://vault.example.org:8200/",
                "https://user@vault.example.org:8200",
                "https://vault.example.org:65536",
                "https://vault.example.org:0",
                "http://vault.example.org:8200",
                "http://127.0.0.1.example.org:8200",
                "ftp://localhost:21",
                "https://a b:1")) {
            assertThrows(MalformedException.class, () -> VaultAddress.parse(bad), bad);
        }
        var place = VaultAddress.parse("unix:/run/agent.sock");
        for (String mount : List.of("", "/transit", "transit/", "a//b", "../sys", "a b", "x".repeat(256))) {
            assertThrows(
                    MalformedException.class,
                    () -> new VaultKeys.Place(place, mount, Optional.empty(), Optional.empty()),
                    mount);
        }
    }
}
