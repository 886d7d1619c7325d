// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import java.time.Instant;

/// What the timestamp beside a signature says (RFC 3161). Whether the signature counts, it does not decide:
/// whoever has the file can add a timestamp, change it or take it away.
public sealed interface Timestamp {
    /// The signature was there at `time` at the latest. A service that the keyring trusts says so; `service` is
    /// the name in its certificate, text from outside.
    record Proven(Instant time, String service) implements Timestamp {}

    /// The timestamp proves nothing. The sentence continues "its timestamp proves nothing: ".
    record Unproven(String sentence) implements Timestamp {}
}
