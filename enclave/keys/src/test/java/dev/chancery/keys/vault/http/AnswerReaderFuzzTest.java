// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/// Whatever the other side says: it is an answer within the limits, nonsense, or not all of one.
class AnswerReaderFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void answer(byte[] bytes) throws IOException {
        try {
            var answer = AnswerReaderTest.read(bytes);
            assertTrue(answer.status() >= 200 && answer.status() <= 599);
            assertTrue(answer.body().exposed().length <= AnswerReader.BODY_BYTES_MAX);
        } catch (ProtocolException | EOFException e) {
            // As it should be.
        }
    }
}
