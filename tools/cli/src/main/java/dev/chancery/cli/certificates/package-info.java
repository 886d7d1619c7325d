// SPDX-License-Identifier: Apache-2.0
/// The commands for the certificates of keys, which so far is those of format `cms`.
///
/// A key is born with a certificate that it signs itself. Who wants another one asks a certificate authority:
///
/// ```console
/// $ chancery certificate request qa --subject 'CN=qa,O=Example Ltd' --output qa.csr
/// $ chancery certificate install qa issued.pem
/// ```
///
/// `request` needs the key, and so the passphrase; what is signed is built by the format, and only the subject is
/// the caller's. `install` takes PEM of at most 1 MiB with the key's certificate and those of its issuers, in any
/// order, stores them with the key and puts them into the keyring before those that are there. `show` tells what
/// signatures carry.
@NullMarked
package dev.chancery.cli.certificates;

import org.jspecify.annotations.NullMarked;
