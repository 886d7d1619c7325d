// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.policy;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Randomness that can be guessed.
final class Dice {

    private Dice() {}

    static int random() {
        return new Random().nextInt();
    }

    static double math() {
        return Math.random();
    }

    static int threadLocal() {
        return ThreadLocalRandom.current().nextInt();
    }

    static int generator() {
        return RandomGenerator.getDefault().nextInt();
    }

    static void shuffle(List<String> names) {
        Collections.shuffle(names);
    }

    static int innocent(SecureRandom random) {
        return random.nextInt();
    }
}
