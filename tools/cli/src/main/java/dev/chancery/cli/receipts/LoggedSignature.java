// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.receipts;

import dev.chancery.bundle.Bundle;
import dev.chancery.bundle.BundleContent;
import dev.chancery.bundle.Envelope;
import dev.chancery.bundle.MessageSignature;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.KeyEntry;
import dev.chancery.entry.LogEntry;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.log.Receipt;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// A verified signature, as far as a log's entry has to agree with it.
///
/// @param file the signature file
/// @param artifact the SHA-256 of what was signed; empty for a statement, which names its artifacts itself
/// @param name under which it has to have been signed; empty where that does not matter
public record LoggedSignature(Bytes file, By by, Optional<Digest> artifact, Optional<ArtifactName> name) {
    /// Who signed, and how.
    public record By(Authority authority, FormatName format, KeyId key) {}

    private static final String RULE = "receipt";
    private static final FormatName RAW = new FormatName("raw");

    /// The entry that a receipt says is in the log, if it is about this signature.
    ///
    /// Throws `RefusedException` (rule `receipt`) when it is about another one, and `MalformedException` when
    /// it is no entry.
    public LogEntry entry(Receipt receipt) {
        var leaf = receipt.extra()
                .orElseThrow(
                        () -> new MalformedException("the receipt does not have the log's entry in its extra line"));
        LogEntry entry = LogEntry.parse(leaf);
        switch (entry) {
            case SignatureEntry signature -> requireAbout(signature);
            case HashedRekord rekord -> requireAbout(rekord);
            case KeyEntry key -> throw new RefusedException(RULE, "the receipt is about a key, not about a signature");
        }
        return entry;
    }

    private void requireAbout(SignatureEntry entry) {
        require(entry.signature().equals(sha256(file)), "another signature file, or this one before it was changed");
        require(
                entry.by().authority().equals(by.authority()),
                "a signature by " + entry.by().authority());
        require(
                entry.by().format().equals(by.format()),
                "a signature of format " + entry.by().format());
        require(entry.by().key().equals(by.key()), "a signature by another key");
        require(artifact.map(entry.signed().sha256()::equals).orElse(true), "a signature over another artifact");
        var signed = entry.signed().artifact().name();
        require(name.map(signed::equals).orElse(true), "an artifact of another name, " + Quoted.text(signed.text()));
    }

    private void requireAbout(HashedRekord entry) {
        require(name.isEmpty(), "a signature of a kind that does not say the artifact's name");
        if (by.format().equals(RAW)) {
            require(entry.signature().equals(file), "another signature");
            require(artifact.map(entry.digest()::equals).orElse(true), "a signature over another artifact");
        } else {
            var content = Bundle.read(file).map(Bundle::content);
            require(content.map(here -> isOf(entry, here)).orElse(false), "another bundle's signature");
        }
        require(PublicKey.parse(entry.publicKey().toArray()).id().equals(by.key()), "a signature by another key");
    }

    private static boolean isOf(HashedRekord entry, BundleContent content) {
        return switch (content) {
            case MessageSignature(var digest, var signature) ->
                entry.digest().equals(digest) && entry.signature().equals(signature.bytes());
            case Envelope envelope ->
                entry.digest().equals(sha256(envelope.signed()))
                        && entry.signature().equals(envelope.signature().bytes());
        };
    }

    private static void require(boolean agrees, String otherwise) {
        if (!agrees) {
            throw new RefusedException(RULE, "the receipt is about " + otherwise);
        }
    }

    private static Digest sha256(Bytes bytes) {
        try {
            return new Digest(
                    DigestAlgorithm.SHA256, MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
