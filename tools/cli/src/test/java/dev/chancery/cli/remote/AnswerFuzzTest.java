// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.protocol.SigningRequest;
import java.util.Map;
import java.util.Optional;

/// Whatever a server answers is read, is malformed, or is about something else; nothing else happens.
class AnswerFuzzTest {
    private static final IssuedJson READER = new IssuedJson(
            new SigningRequest(
                    new SigningRequest.Target(new Authority("release"), new FormatName("sigstore"), Optional.empty()),
                    Encoding.ARMOR,
                    new ArtifactName("a.txt"),
                    Measured.of(
                            0,
                            Map.of(DigestAlgorithm.SHA256, new Digest(DigestAlgorithm.SHA256, new byte[32])),
                            Map.of(),
                            Optional.empty())),
            Formats.all(new BouncyCastleHashes()));

    @FuzzTest
    void result(byte[] bytes) {
        try {
            Json.parse(Bytes.of(bytes), "answer").object(READER::readResult);
        } catch (MalformedException | RefusedException expected) {
            // As it has to be.
        }
    }

    @FuzzTest
    void authority(byte[] bytes) {
        try {
            Json.parse(Bytes.of(bytes), "answer").object(ServerAuthority::read);
        } catch (MalformedException expected) {
            // As it has to be.
        }
    }

    @FuzzTest
    void problem(byte[] bytes) {
        var reply = new HttpReply(403, ProblemDocument.TYPE, Optional.empty(), Bytes.of(bytes));
        ProblemDocument.of(reply, ServerAddress.parse("https://a.example"));
    }
}
