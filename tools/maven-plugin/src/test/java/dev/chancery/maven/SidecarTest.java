// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarTest {
    @ParameterizedTest
    @CsvSource({
        "jar, false",
        "pom, false",
        "tar.gz, false",
        "json, false",
        "sigstore, false",
        "jar.asc, true",
        "asc, true",
        "pom.qa.asc, true",
        "jar.sigstore.json, true",
        "jar.asc.tlog-proof, true",
        "jar.sha512, true",
        "basc, false"
    })
    void signaturesReceiptsAndChecksumsAreNotSigned(String extension, boolean sidecar) {
        assertEquals(sidecar, Sidecar.isExtension(extension));
    }
}
