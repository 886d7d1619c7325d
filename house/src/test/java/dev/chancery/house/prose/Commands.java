// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The first words of all commands, as the command's own table has them: `leaves.put("authority add", ...)`.
final class Commands {
    static final String TABLE = "tools/cli/src/main/java/dev/chancery/cli/Commands.java";

    private static final Pattern ENTRY = Pattern.compile("leaves\\.put\\(\"([a-z-]+)[a-z -]*\"");

    private Commands() {}

    static Set<String> of(String table) {
        var names = new TreeSet<String>();
        var entries = ENTRY.matcher(table);
        while (entries.find()) {
            names.add(entries.group(1));
        }
        return names;
    }
}
