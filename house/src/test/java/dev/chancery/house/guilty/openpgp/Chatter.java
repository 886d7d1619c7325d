// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.openpgp;

import java.util.logging.Logger;

/// A library that talks to everyone.
final class Chatter {

    private Chatter() {}

    static void systemLogger(System.Logger logger) {
        logger.log(System.Logger.Level.INFO, "guilty");
    }

    static void utilLogger(Logger logger) {
        logger.info("guilty");
    }

    static void slf4j(org.slf4j.Logger logger) {
        logger.info("guilty");
    }

    static void out() {
        System.out.println("guilty");
    }

    static void err() {
        System.err.println("guilty");
    }

    static void stackTrace(RuntimeException e) {
        e.printStackTrace();
    }

    static String innocent(RuntimeException e) {
        return "guilty: " + e.getMessage();
    }
}
