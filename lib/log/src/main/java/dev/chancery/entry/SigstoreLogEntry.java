// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.log.VerifiedReceipt;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.TreeHash;
import java.util.List;

/// A receipt in the words of Sigstore: the element of `tlogEntries` in a bundle (`TransparencyLogEntry` in
/// `sigstore_rekor.proto`, in the JSON form of Protocol Buffers, in which numbers of 64 bits are texts).
public final class SigstoreLogEntry {
    private SigstoreLogEntry() {}

    /// Throws `RefusedException` when the receipt is not for this entry by this log.
    public static Json.Members of(HashedRekord entry, Receipt receipt, VerifierKey log) {
        VerifiedReceipt verified = receipt.verify(entry.leafHash(), LogPolicy.ofLog(log));
        Checkpoint checkpoint = verified.checkpoint().checkpoint();
        List<Json.Text> hashes = receipt.path().stream()
                .map(TreeHash::toString)
                .map(Json.Text::new)
                .toList();
        String index = Long.toString(verified.index());
        var proof = new JsonFields()
                .put("logIndex", index)
                .put("rootHash", checkpoint.root().toString())
                .put("treeSize", Long.toString(checkpoint.size()))
                .put("hashes", hashes)
                .put(
                        "checkpoint",
                        new JsonFields()
                                .put("envelope", receipt.note().written())
                                .toJson());
        var kind = new JsonFields().put("kind", entry.kind()).put("version", entry.apiVersion());
        return new JsonFields()
                .put("logIndex", index)
                .put("logId", TrustedRoot.logId(log))
                .put("kindVersion", kind.toJson())
                .put("inclusionProof", proof.toJson())
                .put("canonicalizedBody", HashedRekord.base64(entry.encode()))
                .toJson();
    }
}
