// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.core.Signature;
import dev.chancery.log.Receipt;
import java.util.List;
import java.util.Optional;

/// What came back for one content and was checked: a signature for each that was wanted, or why not.
record Arrived(List<Done> done, Optional<Signer.Result.Failed> failed) {
    /// A signature as it is written.
    record Done(Signature signature, Optional<Receipt> receipt) {}
}
