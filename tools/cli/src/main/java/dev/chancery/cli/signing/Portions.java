// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.protocol.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Requests cut into portions, in their order, for whoever takes only so many and so many bytes at once.
public final class Portions {
    private Portions() {}

    /// A request that is too large alone is a portion alone: whoever is asked says so.
    public static List<List<SigningRequest>> of(List<SigningRequest> requests, int requestsMax, int bytesMax) {
        var portions = new ArrayList<List<SigningRequest>>();
        var portion = new ArrayList<SigningRequest>();
        long bytes = 0;
        for (var request : requests) {
            int more = bytes(request) + 1; // a comma
            if (!portion.isEmpty() && (portion.size() == requestsMax || bytes + more > bytesMax)) {
                portions.add(List.copyOf(portion));
                portion.clear();
                bytes = 0;
            }
            portion.add(request);
            bytes += more;
        }
        if (!portion.isEmpty()) {
            portions.add(List.copyOf(portion));
        }
        return portions;
    }

    static int bytes(SigningRequest request) {
        return request.toJson().line().getBytes(StandardCharsets.UTF_8).length;
    }
}
