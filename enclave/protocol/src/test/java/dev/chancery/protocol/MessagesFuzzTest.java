// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;

/// Anything is a message that reads the same once it is written, or a `MalformedException`; nothing else.
class MessagesFuzzTest {
    @FuzzTest
    void question(byte[] bytes) {
        Question question;
        try {
            question = Question.read(Bytes.of(bytes));
        } catch (MalformedException e) {
            Question.idOf(Bytes.of(bytes));
            return;
        }
        assertEquals(question.write(), Question.read(question.write()).write());
    }

    @FuzzTest
    void reply(byte[] bytes) {
        Reply reply;
        try {
            reply = Reply.read(Bytes.of(bytes));
        } catch (MalformedException e) {
            return;
        }
        assertEquals(reply.write(), Reply.read(reply.write()).write());
    }
}
