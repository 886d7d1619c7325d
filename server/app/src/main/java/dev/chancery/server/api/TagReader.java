// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.hashing.ContentPass;
import dev.chancery.server.keyring.PublishedKeyring;
import dev.chancery.store.ledger.Entry;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.EntryQuery;
import dev.chancery.store.ledger.Ledger;
import dev.chancery.store.ledger.Page;
import dev.chancery.tag.TagFile;
import dev.chancery.tag.TagPayload;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.Verifier;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Tags with the signatures that the log has, and who of them really signed.
final class TagReader {
    private static final FormatName FORMAT = new FormatName("tag");

    private final Ledger ledger;
    private final PublishedKeyring keyring;
    private final ContentPass pass;
    private final InstantSource clock;

    TagReader(ApiParts parts) {
        this.ledger = parts.ledger();
        this.keyring = parts.keyring();
        this.pass = new ContentPass(parts.hashes());
        this.clock = parts.clock();
    }

    /// With the newest signature of each authority.
    TagFile file(TagPayload payload) {
        var query = EntryQuery.all().ofArtifact(Digests.of(DigestAlgorithm.SHA256, payload.bytes()));
        var file = TagFile.of(payload);
        for (Entry entry : ledger.find(
                query, Page.first(Page.ENTRIES_MAX), ledger.published().size())) {
            if (entry.facts().kind() == EntryKind.TAG) {
                var block = ledger.blob(entry.blob()).orElseThrow(ArtifactApi::notFound);
                file = file.with(new Signature(FORMAT, Encoding.ARMOR, block));
            }
        }
        return file;
    }

    /// Whose signatures hold, by the keyring.
    Set<Authority> signers(TagFile file) {
        var name = file.payload().name().map(Object::toString).orElse("tag");
        var signatures = new SignatureFile(name + TagFile.SUFFIX, List.of(FORMAT), file.bytes());
        var reading = new Verifier(keyring.read()).read(List.of(signatures));
        var payload = file.payload().bytes().toArray();
        var measured = pass.measure(Channels.newChannel(new ByteArrayInputStream(payload)), reading.measures());
        return reading.check(measured, clock.instant()).stream()
                .filter(VerifiedSignature.class::isInstance)
                .map(finding -> ((VerifiedSignature) finding).authority())
                .collect(Collectors.toSet());
    }
}
