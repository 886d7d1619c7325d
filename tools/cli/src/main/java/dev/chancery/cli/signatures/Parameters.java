// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values of `--param KEY=VALUE`. The key ends at the first equals sign.
final class Parameters {
    private Parameters() {}

    static SortedMap<String, String> parse(List<String> params) {
        var values = new TreeMap<String, String>();
        for (String param : params) {
            int equals = param.indexOf('=');
            if (equals < 1) {
                throw new UsageException("parameter %s is not KEY=VALUE".formatted(Quoted.text(param)));
            }
            String name = param.substring(0, equals);
            if (values.putIfAbsent(name, param.substring(equals + 1)) != null) {
                throw new UsageException("parameter %s is given twice".formatted(Quoted.text(name)));
            }
        }
        return values;
    }
}
