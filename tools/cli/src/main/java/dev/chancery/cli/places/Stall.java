// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A stream that is closed when nothing has come of it for a while, so that who reads it is not kept for ever. Time in
/// which nobody wants to read does not count.
final class Stall extends FilterInputStream {
    private final Duration timeMax;
    private volatile long waitingSince;
    private volatile boolean over;
    private volatile boolean stalled;

    Stall(InputStream input, Duration timeMax) {
        super(input);
        this.timeMax = timeMax;
        Thread.ofVirtual().name("chancery-stall").start(this::watch);
    }

    private void watch() {
        try {
            while (!over) {
                Thread.sleep(Math.min(1_000, timeMax.toMillis()));
                long since = waitingSince;
                if (since != 0 && System.nanoTime() - since > timeMax.toNanos()) {
                    stalled = true;
                    in.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            over = true; // whoever reads sees it
        }
    }

    private interface Reading {
        int read() throws IOException;
    }

    private int watched(Reading reading) throws IOException {
        waitingSince = System.nanoTime() | 1; // never 0
        try {
            return reading.read();
        } catch (IOException e) {
            throw stalled ? new IOException("nothing came for %d seconds".formatted(timeMax.toSeconds()), e) : e;
        } finally {
            waitingSince = 0;
        }
    }

    @Override
    public int read() throws IOException {
        return watched(in::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return watched(() -> in.read(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
        over = true;
        super.close();
    }
}
