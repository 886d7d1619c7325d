// SPDX-License-Identifier: Apache-2.0
class WordTest {
    void says() {
        var word = new Word("one");
        word.say();
    }
}
