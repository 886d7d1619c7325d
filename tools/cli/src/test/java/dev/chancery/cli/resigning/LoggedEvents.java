// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.cli.ServedOffice;
import dev.chancery.core.Bytes;
import dev.chancery.entry.KeyEntry;
import dev.chancery.entry.LogEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// What a server's log says of a key.
record LoggedEvents(ServedOffice office) {
    /// Events, and `signed` for each signature.
    List<String> of(String key) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .sslContext(ServedOffice.trusting(office.root().resolve("certificate.pem")))
                .build()) {
            var asked = URI.create(office.url() + "/v1/log/entries?limit=1000&key=" + key);
            var answer = client.send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.ofString());
            return Pattern.compile("\"leaf\": ?\"([^\"]+)\"")
                    .matcher(answer.body())
                    .results()
                    .map(leaf -> LogEntry.parse(Bytes.of(Base64.getDecoder().decode(leaf.group(1)))))
                    .map(entry ->
                            entry instanceof KeyEntry about ? about.event().label() : "signed")
                    .toList();
        }
    }
}
