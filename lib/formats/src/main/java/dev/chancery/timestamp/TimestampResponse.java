// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.der.DerReader;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// What a timestamp service answers (RFC 3161, section 2.4.2).
public final class TimestampResponse {
    /// Bytes: a token with the certificates of four or five authorities has ten thousand.
    public static final int BYTES_MAX = 1 << 16;
    /// Rule of the refusal when the service says no.
    public static final String RULE = "timestamp-refused";

    private static final String SUBJECT = "timestamp response";
    private static final int UTF8_STRING = 0x0c;

    /// `PKIStatus`, from 0.
    private static final List<String> STATUS = List.of(
            "granted", "grantedWithMods", "rejection", "waiting", "revocationWarning", "revocationNotification");

    /// `PKIFailureInfo`, by the number of the bit.
    private static final Map<Integer, String> FAILURES = Map.of(
            0, "badAlg",
            2, "badRequest",
            5, "badDataFormat",
            14, "timeNotAvailable",
            15, "unacceptedPolicy",
            16, "unacceptedExtension",
            17, "addInfoNotAvailable",
            25, "systemFailure");

    private TimestampResponse() {}

    /// The token of an answer that grants it. Throws `RefusedException` (rule `timestamp-refused`), with what the
    /// service says about it, when the answer is no, and `MalformedException` when it is no answer.
    public static TimestampToken token(Bytes der) {
        if (der.length() > BYTES_MAX) {
            throw new MalformedException("%s has %d bytes, more than %d".formatted(SUBJECT, der.length(), BYTES_MAX));
        }
        var file = new DerReader(SUBJECT, der);
        var response = file.within(DerReader.SEQUENCE);
        file.end();
        requireGranted(response.within(DerReader.SEQUENCE));
        if (response.isAtEnd()) {
            throw response.malformed("grants a timestamp and has none");
        }
        var token = response.element(DerReader.SEQUENCE);
        response.end();
        return TimestampToken.read(token);
    }

    /// `PKIStatusInfo`. Of several texts the first is quoted.
    private static void requireGranted(DerReader info) {
        int status = info.smallInteger();
        var says = new StringJoiner("; ");
        if (info.nextIs(DerReader.SEQUENCE)) {
            var texts = info.within(DerReader.SEQUENCE);
            says.add(Quoted.text(new String(texts.content(UTF8_STRING).toArray(), StandardCharsets.UTF_8)));
        }
        if (info.nextIs(DerReader.BIT_STRING)) {
            says.add(failures(info.namedBits()));
        }
        info.end();
        if (status > 1) {
            String name = status < STATUS.size() ? STATUS.get(status) : "not known";
            throw new RefusedException(
                    RULE,
                    "timestamp service answers with status %d (%s)%s"
                            .formatted(status, name, says.length() == 0 ? "" : ": " + says));
        }
    }

    private static String failures(BitSet bits) {
        return bits.stream()
                .mapToObj(bit -> FAILURES.getOrDefault(bit, "failure " + bit))
                .collect(Collectors.joining(", "));
    }
}
