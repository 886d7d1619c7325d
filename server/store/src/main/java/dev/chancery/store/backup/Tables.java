// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.backup;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What an export holds, in an order in which each row comes after those that it refers to.
final class Tables {

    /// What a column holds.
    enum Type {
        INTEGER,
        TEXT,
        BYTES
    }

    record Column(String name, Type type) {}

    /// @param keys how many of the first columns are the primary key
    record Table(String name, int keys, List<Column> columns) {

        String select() {
            return "SELECT %s FROM %s ORDER BY %s".formatted(names(columns), name, names(columns.subList(0, keys)));
        }

        String insert() {
            String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
            return "INSERT INTO %s (%s) VALUES (%s)".formatted(name, names(columns), marks);
        }

        private static String names(List<Column> columns) {
            return columns.stream().map(Column::name).collect(Collectors.joining(", "));
        }
    }

    /// Tables that a new store has rows in.
    static final List<String> FILLED = List.of("log_state", "log_publication", "instance", "job_counter");

    static final List<Table> ALL = List.of(
            table("blob", 1, "sha256:b content:b"),
            table(
                    "entry",
                    1,
                    "entry_index:i logged:i leaf_hash:b leaf:b kind:t authority:t format:t encoding:t key_id:b"
                            + " requester:t made:i blob:b"),
            table("subject", 2, "entry_index:i place:i sha256:b sha512:b name:t size:i"),
            table("log_state", 1, "only_row:i size:i logged:i"),
            table("log_publication", 1, "only_row:i size:i checkpoint:t"),
            table("instance", 1, "name:t run:i seen:i"),
            table("request", 2, "requester:t request_key:t request_hash:b state:t attempt:i instance:t run:i begun:i"),
            table("request_outcome", 3, "requester:t request_key:t place:i entry_index:i repeated:i problem:t"),
            table("token", 1, "name:t hash:b scopes:t created:i expires:i revoked:i"),
            table("tag", 1, "name:t payload:b created:i"),
            table("job_counter", 1, "only_row:i next:i"),
            table(
                    "job",
                    1,
                    "job_id:i place:t artifact:t priority:i submitter:t submitted:i state:t changed:i due:i attempts:i"
                            + " worker:t report:t"));

    private Tables() {}

    private static Table table(String name, int keys, String columns) {
        return new Table(
                name,
                keys,
                Arrays.stream(columns.split(" ")).map(Tables::column).toList());
    }

    private static Column column(String text) {
        String name = text.substring(0, text.length() - 2);
        return new Column(
                name,
                switch (text.charAt(text.length() - 1)) {
                    case 'i' -> Type.INTEGER;
                    case 't' -> Type.TEXT;
                    default -> Type.BYTES;
                });
    }
}
