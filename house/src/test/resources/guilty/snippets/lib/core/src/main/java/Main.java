// SPDX-License-Identifier: Apache-2.0
class Main {
    void main() {
        var word = new Word("two");
    }
}
