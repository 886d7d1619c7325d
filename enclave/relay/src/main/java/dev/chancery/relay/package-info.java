// SPDX-License-Identifier: Apache-2.0
/// The relay: under OpenSSH's `ForceCommand`, or as a login shell, it joins standard input and output to a
/// relayed stream door of an enclave. Nothing passes but the stream and the artifact's name.
///
/// ```
/// chancery relay [--name-from-command] [SOCKET]
/// ```
///
/// Without `SOCKET` it is `/run/chancery/USER.sock`, `USER` being whose process this is (`LOGNAME`). The
/// client's command (`SSH_ORIGINAL_COMMAND`, or what follows `-c` to a login shell) is ignored; with
/// `--name-from-command` it has to be `sign NAME`, with one space, and the signature is made under that name:
/// 1 to 255 octets of letters, digits and `+ - . _ ~ : @ , =`, not beginning with a dot or a hyphen.
///
/// The signature goes to standard output, whole or not at all; the reason why there is none to standard
/// error. Exit status: 0 signed, 2 usage, 3 malformed, 4 refused, 5 unavailable.
///
/// It is so small because somebody waits for its start: it uses `java.base` alone, and of that little.
@NullMarked
package dev.chancery.relay;

import org.jspecify.annotations.NullMarked;
