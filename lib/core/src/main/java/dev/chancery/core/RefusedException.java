// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

/// The request is well formed and the answer is no. [#rule()] names the rule that said so.
public final class RefusedException extends ChanceryException {
    private static final long serialVersionUID = 1;

    private final String rule;

    public RefusedException(String rule, String message) {
        super(message, null);
        this.rule = rule;
    }

    /// A stable name such as `no-signing-rule` or `key-format`; `docs/architecture.md` lists them.
    public String rule() {
        return rule;
    }
}
