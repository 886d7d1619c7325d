// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.json.JsonFields;
import dev.chancery.server.http.Journal;
import java.io.PrintStream;

/// One line of JSON for each request on standard output, for a journal that keeps it; what nobody is told
/// goes there, too, and faults with their stack to standard error.
public final class ConsoleJournal implements Journal {
    private final PrintStream out;
    private final PrintStream err;

    public ConsoleJournal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void answered(Access access) {
        var outcome = access.outcome();
        write(new JsonFields()
                .put("time", access.time().toString())
                .put("request", access.requestId())
                .put("requester", access.requester())
                .put("route", outcome.route())
                .put("status", outcome.status())
                .put("bytes", outcome.bytes())
                .put("milliseconds", outcome.duration().toMillis()));
    }

    @Override
    public void noted(String requestId, String sentence) {
        write(new JsonFields().put("request", requestId).put("note", sentence));
    }

    private void write(JsonFields line) {
        out.println(line.toJson().line());
    }

    @Override
    public void failed(String requestId, Throwable fault) {
        synchronized (err) {
            err.println("chancery: request " + requestId + " failed; please report it");
            fault.printStackTrace(err);
        }
    }
}
