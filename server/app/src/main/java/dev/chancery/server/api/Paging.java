// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.MalformedException;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.store.ledger.Page;
import java.util.OptionalLong;

/// Pages of lists: `?after=INDEX&limit=COUNT`. An answer that is not the last has `next`, which goes into
/// `after`.
public final class Paging {
    /// Entries of a page where nobody says how many.
    private static final int USUAL = 100;

    private Paging() {}

    public static Route on(Route route) {
        return route.query("after", "limit");
    }

    public static Page of(Request request) {
        var after = request.query("after", text -> number(text, Long.MAX_VALUE));
        int limit = request.query("limit", text -> (int) number(text, Page.ENTRIES_MAX))
                .orElse(USUAL);
        return new Page(after.map(OptionalLong::of).orElse(OptionalLong.empty()), limit);
    }

    /// A whole number without signs and leading zeros.
    public static long number(String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most && Long.toString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new MalformedException(wrong(text, most).sentence(), e);
        }
        throw wrong(text, most);
    }

    private static MalformedException wrong(String text, long most) {
        return MalformedException.value("number", text, "is not 0 to " + most);
    }
}
